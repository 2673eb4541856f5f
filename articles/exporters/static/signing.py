"""The signature by which a copy of the site can be proved to be the newsroom's."""

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
except ImportError:  # it comes with other things, or not at all
    load_pem_private_key = None


class CannotSign(Exception):
    """`str()` is a sentence that says why, and what to do."""


def signer(key):
    """Return what makes the Ed25519 signature of bytes by the key in a PEM file; raise CannotSign."""
    if load_pem_private_key is None:
        message = (
            "The library “cryptography” is not installed: publish the hash of the manifest instead."
        )
        raise CannotSign(message)
    try:
        private_key = load_pem_private_key(key.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        private_key = None
    if not isinstance(private_key, Ed25519PrivateKey):
        message = f"{key} is no Ed25519 key that can be read: `openssl genpkey -algorithm ed25519` makes one."
        raise CannotSign(message)
    return private_key.sign
