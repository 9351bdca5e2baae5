//! ASN.1 structures that `cms` and `x509-cert` do not have, and the object identifiers that signing and verifying share.
//!
//! `SigningCertificateV2` is RFC 5035, the time-stamp structures are RFC 3161.

use der::asn1::{BitString, Int, ObjectIdentifier, OctetString, Utf8StringRef};
use der::{Any, DateTime, Sequence, Tag, Tagged};
use spki::AlgorithmIdentifierOwned;
use x509_cert::ext::Extensions;
use x509_cert::ext::pkix::name::{GeneralName, GeneralNames};
use x509_cert::serial_number::SerialNumber;

/// `id-data`.
pub const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
/// `id-signedData`.
pub const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// `id-contentType`.
pub const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
/// `id-messageDigest`.
pub const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// `id-signingTime`, which PAdES forbids.
pub const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
/// `id-aa-signingCertificateV2`.
pub const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// `id-aa-timeStampToken`, an unsigned attribute.
pub const TIMESTAMP_TOKEN: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
/// `id-ct-TSTInfo`.
pub const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// `id-sha256`.
pub const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// `id-sha384`.
pub const SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
/// `id-sha512`.
pub const SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
/// `rsaEncryption`, which stands for PKCS #1 v1.5 with the message's digest when it names a signature.
pub const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `sha256WithRSAEncryption`.
pub const RSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
/// `id-ecPublicKey`.
pub const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `ecdsa-with-SHA256`.
pub const ECDSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
/// The curve P-256.
pub const P_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
/// The curve P-384.
pub const P_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// Which certificate signed (RFC 5035, section 3).
#[derive(Clone, Debug, Eq, PartialEq, Sequence)]
pub struct SigningCertificateV2 {
    /// The signer's certificate first.
    pub certs: Vec<EssCertIdV2>,
    /// Policies; not used.
    #[asn1(optional = "true")]
    pub policies: Option<Vec<Any>>,
}

/// A certificate by its digest (RFC 5035, section 4).
#[derive(Clone, Debug, Eq, PartialEq, Sequence)]
pub struct EssCertIdV2 {
    /// The digest algorithm; SHA-256 when it is left out.
    #[asn1(optional = "true")]
    pub hash_algorithm: Option<AlgorithmIdentifierOwned>,
    /// Digest of the whole certificate.
    pub cert_hash: OctetString,
    /// Issuer and serial number.
    #[asn1(optional = "true")]
    pub issuer_serial: Option<IssuerSerial>,
}

impl EssCertIdV2 {
    /// The digest algorithm.
    pub fn hash_oid(&self) -> ObjectIdentifier {
        self.hash_algorithm.as_ref().map_or(SHA_256, |one| one.oid)
    }
}

/// Issuer and serial number of a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Sequence)]
pub struct IssuerSerial {
    /// The issuer.
    pub issuer: GeneralNames,
    /// The serial number.
    pub serial_number: SerialNumber,
}

/// SHA-256 as an algorithm identifier, without parameters (RFC 5754, section 2).
pub fn sha256() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid: SHA_256,
        parameters: None,
    }
}

/// What is asked of a time-stamping authority (RFC 3161, section 2.4.1).
#[derive(Clone, Debug, Eq, PartialEq, Sequence)]
pub struct TimeStampReq {
    /// 1.
    pub version: u8,
    /// What to stamp.
    pub message_imprint: MessageImprint,
    /// The policy wanted.
    #[asn1(optional = "true")]
    pub req_policy: Option<ObjectIdentifier>,
    /// A number that the answer repeats.
    #[asn1(optional = "true")]
    pub nonce: Option<Int>,
    /// Whether the authority's certificate is wanted in the token.
    #[asn1(default = "Default::default")]
    pub cert_req: bool,
    /// Extensions.
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub extensions: Option<Extensions>,
}

/// A digest with its algorithm.
#[derive(Clone, Debug, Eq, PartialEq, Sequence)]
pub struct MessageImprint {
    /// The algorithm.
    pub hash_algorithm: AlgorithmIdentifierOwned,
    /// The digest.
    pub hashed_message: OctetString,
}

/// What a time-stamping authority answers (RFC 3161, section 2.4.2).
#[derive(Clone, Debug, Eq, PartialEq, Sequence)]
pub struct TimeStampResp {
    /// Whether it was granted.
    pub status: PkiStatusInfo,
    /// The token, a `SignedData` over [`TstInfo`].
    #[asn1(optional = "true")]
    pub time_stamp_token: Option<Any>,
}

/// Whether a time stamp was granted.
#[derive(Clone, Debug, Eq, PartialEq, Sequence)]
pub struct PkiStatusInfo {
    /// 0 granted, 1 granted with changes, otherwise not.
    pub status: u8,
    /// Words.
    #[asn1(optional = "true")]
    pub status_string: Option<Vec<Any>>,
    /// Why not.
    #[asn1(optional = "true")]
    pub fail_info: Option<BitString>,
}

impl PkiStatusInfo {
    /// The authority's words.
    pub fn words(&self) -> String {
        let words = self.status_string.iter().flatten();
        let words: Vec<&str> = words
            .filter_map(|one| {
                one.decode_as::<Utf8StringRef<'_>>()
                    .ok()
                    .map(|text| text.as_str())
            })
            .collect();
        words.join(" ")
    }
}

/// What a time-stamp token says (RFC 3161, section 2.4.2).
#[derive(Clone, Debug, Eq, PartialEq, Sequence)]
pub struct TstInfo {
    /// 1.
    pub version: u8,
    /// The authority's policy.
    pub policy: ObjectIdentifier,
    /// What is stamped.
    pub message_imprint: MessageImprint,
    /// The token's number.
    pub serial_number: Int,
    /// When: a GeneralizedTime that may have fractions of a second, see [`TstInfo::time`].
    pub gen_time: Any,
    /// How exact the time is.
    #[asn1(optional = "true")]
    pub accuracy: Option<Any>,
    /// Whether tokens can be ordered by time.
    #[asn1(default = "Default::default")]
    pub ordering: bool,
    /// The number that was asked with.
    #[asn1(optional = "true")]
    pub nonce: Option<Int>,
    /// The authority.
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub tsa: Option<GeneralName>,
    /// Extensions.
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub extensions: Option<Extensions>,
}

impl TstInfo {
    /// When it was stamped, to the second; none when the time cannot be read.
    pub fn time(&self) -> Option<DateTime> {
        if self.gen_time.tag() != Tag::GeneralizedTime {
            return None;
        }
        let text = std::str::from_utf8(self.gen_time.value()).ok()?;
        let (whole, end) = text.split_at_checked(14)?;
        let fraction = end.strip_suffix('Z')?;
        let digits = fraction.strip_prefix('.').unwrap_or(fraction);
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(digits) {
            return None;
        }
        let part = |range: std::ops::Range<usize>| whole.get(range)?.parse::<u8>().ok();
        let year = whole.get(..4)?.parse().ok()?;
        DateTime::new(
            year,
            part(4..6)?,
            part(6..8)?,
            part(8..10)?,
            part(10..12)?,
            part(12..14)?,
        )
        .ok()
    }
}
