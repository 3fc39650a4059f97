# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2
"""Signs a PDF, or says what pyHanko thinks of the signature in one.

    signature.py sign IN OUT       signs with a key that is made for this, and keeps its certificate in OUT.pem
    signature.py certify IN OUT    the same, as a certification that allows no changes
    signature.py validate FILE PEM prints what was found as one line of JSON
"""

import datetime
import json
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from asn1crypto import keys as asn1_keys, pem as asn1_pem, x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore


def make_signer(pem_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Schulleitung")])
    now = datetime.datetime.now(datetime.timezone.utc)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=365))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    with open(pem_path, "wb") as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(der),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


def sign(source, target, certify):
    signer = make_signer(target + ".pem")
    metadata = signers.PdfSignatureMetadata(
        field_name="Schulleitung",
        certify=certify,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES if certify else fields.MDPPerm.FILL_FORMS,
    )
    with open(source, "rb") as file, open(target, "wb") as out:
        signers.sign_pdf(IncrementalPdfFileWriter(file), metadata, signer=signer, output=out)


def validate(path, pem_path):
    with open(pem_path, "rb") as file:
        certificate = asn1_x509.Certificate.load(asn1_pem.unarmor(file.read())[2])
    with open(path, "rb") as file:
        [signature] = PdfFileReader(file).embedded_signatures
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[certificate]))
    print(
        json.dumps(
            {
                "intact": status.intact,
                "valid": status.valid,
                "trusted": status.trusted,
                "bottom_line": status.bottom_line,
                "coverage": status.coverage.name,
                "modification_level": status.modification_level.name if status.modification_level else None,
                "docmdp_ok": status.docmdp_ok,
            }
        )
    )


if __name__ == "__main__":
    command, first, second = sys.argv[1:]
    if command == "validate":
        validate(first, second)
    else:
        sign(first, second, command == "certify")
