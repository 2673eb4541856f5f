"""A bucket of an S3 server on this machine, for tests of media that several machines share."""

import json
import logging
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import boto3
from moto.server import ThreadedMotoServer

KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
VARIABLES = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
NAME, FOLDER, REGION = "pictures", "news", "eu-west-1"


class Bucket:
    """`media_storage` and `media_url` are what the settings of those names take."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.media_storage = f"s3://{NAME}/{FOLDER}?region={REGION}&endpoint={endpoint}"
        self.media_url = f"{endpoint}/{NAME}/{FOLDER}/"
        self.client = boto3.client("s3", region_name=REGION, endpoint_url=endpoint, **KEYS)
        self.client.create_bucket(
            Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        self.client.put_bucket_policy(Bucket=NAME, Policy=json.dumps(_read_by_all()))

    def names(self):
        """Return the names of the files in the folder of this site."""
        files = self.client.list_objects_v2(Bucket=NAME).get("Contents", ())
        return sorted(file["Key"].removeprefix(f"{FOLDER}/") for file in files)

    def empty(self):
        for name in self.names():
            self.client.delete_object(Bucket=NAME, Key=f"{FOLDER}/{name}")


def _read_by_all():
    """Return the policy with which a bucket serves readers by itself."""
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{NAME}/{FOLDER}/*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


@contextmanager
def served():
    """Yield a Bucket of a server that ends with the block."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield Bucket(f"http://{host}:{port}")
    finally:
        server.stop()


def fetch(url):
    """Return (status, headers, body) as a reader's browser gets them, who has no keys."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        connection.request("GET", parts.path)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()
