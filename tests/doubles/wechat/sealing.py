"""The platform's side of the message encryption, written from its specification and not from the product's
library.

Source: fact sheet §1, "Algorithm". AES-256-CBC, IV = first half of the key, PKCS#7 to blocks of 32 bytes.
"""

import base64
import hashlib
import os
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK_BITS = 256


@dataclass(frozen=True)
class Sealing:
    """One account's keys as the platform holds them."""

    app_id: str
    token: str
    aes_key: str

    def encrypt(self, message: str) -> str:
        """What stands in `Encrypt`."""
        raw = message.encode()
        plain = os.urandom(16) + struct.pack(">I", len(raw)) + raw + self.app_id.encode()
        padder = PKCS7(BLOCK_BITS).padder()
        encryptor = self._cipher().encryptor()
        padded = padder.update(plain) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def decrypt(self, encrypt: str) -> str:
        """The message in `Encrypt`. Raises ValueError for bad padding or another account's message."""
        decryptor = self._cipher().decryptor()
        padded = decryptor.update(base64.b64decode(encrypt, validate=True)) + decryptor.finalize()
        unpadder = PKCS7(BLOCK_BITS).unpadder()
        plain = unpadder.update(padded) + unpadder.finalize()
        (length,) = struct.unpack(">I", plain[16:20])
        if plain[20 + length :].decode() != self.app_id:
            raise ValueError("sealed for another account")
        return plain[20 : 20 + length].decode()

    def signature(self, *parts: str) -> str:
        """SHA-1 in hex over token and parts, sorted and joined."""
        return hashlib.sha1("".join(sorted((self.token, *parts))).encode()).hexdigest()

    def _cipher(self) -> Cipher[modes.CBC]:
        key = base64.b64decode(self.aes_key + "=")
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
