"""The tests' own guard against the outside; addresses are of the ranges kept for documentation."""

import socket

import pytest

from tests.network import OutsideNetworkError


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("news.example", 80), ("2001:db8::1", 80)])
def test_another_machine_cannot_be_reached(address):
    with socket.socket() as outside, pytest.raises(OutsideNetworkError):
        outside.connect(address)


def test_a_datagram_cannot_leave():
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside,
        pytest.raises(OutsideNetworkError),
    ):
        outside.sendto(b"news", ("192.0.2.1", 53))


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            client.sendall(b"news")
        connection, _ = server.accept()
        with connection:
            assert connection.recv(4) == b"news"
