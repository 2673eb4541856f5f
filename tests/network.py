"""Keep tests on this machine: a connection to any other address fails at once and says so."""

import ipaddress
import socket


class OutsideNetworkError(AssertionError):
    """A test tried to reach another machine."""


def is_local(address):
    """Tell whether a socket address is a path or lies on the loopback interface."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_outside(address):
    if not is_local(address):
        message = f"a test tried to reach {address[0]}: tests talk to this machine only"
        raise OutsideNetworkError(message)


class LocalSocket(socket.socket):
    """A socket that connects and sends to this machine only."""

    def connect(self, address):
        refuse_outside(address)
        return super().connect(address)

    def connect_ex(self, address):
        refuse_outside(address)
        return super().connect_ex(address)

    def sendto(self, data, *rest):
        refuse_outside(rest[-1])
        return super().sendto(data, *rest)


def block():
    """Make every socket that is opened from now on a LocalSocket."""
    socket.socket = LocalSocket
