//! From a certificate to an anchor (RFC 5280), by rustls-webpki.
//!
//! Comes in: a message's certificates, anchors, a time, what the key is for. Goes out: reasons. Must not find paths itself.

use const_oid::db::rfc5280::ID_KP_TIME_STAMPING;
use der::DateTime;
use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{
    EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, RequiredEkuNotFoundContext,
    anchor_from_trusted_cert,
};
use x509_cert::Certificate;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};

use super::algorithm;
use super::message::Message;
use super::reason::{
    CERTIFICATE_EXPIRED, CERTIFICATE_INVALID, CERTIFICATE_REVOKED, CERTIFICATE_USAGE, Reason,
    UNTRUSTED, UNUSED_MATERIAL, WEAK_ALGORITHM,
};
use super::trust::Trust;

/// What a key must be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signing documents.
    Documents,
    /// Stamping time.
    Time,
}

/// Purposes of keys that may sign documents: any, S/MIME, documents (RFC 9336, Microsoft, Adobe), client authentication (OCES).
const DOCUMENTS: &[&[usize]] = &[
    &[2, 5, 29, 37, 0],
    &[1, 3, 6, 1, 5, 5, 7, 3, 4],
    &[1, 3, 6, 1, 5, 5, 7, 3, 36],
    &[1, 3, 6, 1, 4, 1, 311, 10, 3, 12],
    &[1, 2, 840, 113_583, 1, 1, 5],
    &[1, 3, 6, 1, 5, 5, 7, 3, 2],
];
/// `id-kp-timeStamping`.
const TIME: &[usize] = &[1, 3, 6, 1, 5, 5, 7, 3, 8];
/// `id-kp-documentSigning` and `id-kp-timeStamping` in DER, for webpki's report.
const DOCUMENT_SIGNING: &[u8] = &[43, 6, 1, 5, 5, 7, 3, 36];
const TIME_STAMPING: &[u8] = &[43, 6, 1, 5, 5, 7, 3, 8];

impl ExtendedKeyUsageValidator for Purpose {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        let mut all = Vec::new();
        for one in purposes {
            all.push(one?.to_decoded_oid());
        }
        // An authority without purposes may issue for any; the end of the chain is asked once more below.
        let fits = all.is_empty()
            || match self {
                Self::Time => all.iter().any(|one| one == TIME),
                Self::Documents => all.iter().any(|one| DOCUMENTS.contains(&one.as_slice())),
            };
        fits.then_some(()).ok_or_else(|| {
            Error::RequiredEkuNotFoundContext(RequiredEkuNotFoundContext {
                required: webpki::KeyUsage::required(match self {
                    Self::Documents => DOCUMENT_SIGNING,
                    Self::Time => TIME_STAMPING,
                }),
                present: all,
            })
        })
    }
}

/// Judges the signer's certificate at a time in seconds since 1970.
pub fn judge(
    message: &Message,
    trust: &Trust,
    seconds: u64,
    purpose: Purpose,
    reasons: &mut Vec<Reason>,
) {
    reasons.extend(key_usage(&message.certificate.certificate).err());
    if purpose == Purpose::Time && !stamps_time(&message.certificate.certificate) {
        reasons.push(CERTIFICATE_USAGE.because("the certificate is not one for stamping time"));
    }
    match path(message, trust, seconds, purpose) {
        Ok(used) => reasons.extend(unused(message, trust, &used)),
        Err(reason) => reasons.push(reason),
    }
}

/// Holds the signer's own certificate against a time in seconds since 1970, whoever is trusted.
pub fn validity(message: &Message, when: u64) -> Result<(), Reason> {
    let validity = message.certificate.certificate.tbs_certificate().validity();
    let (from, to) = (
        validity.not_before.to_date_time(),
        validity.not_after.to_date_time(),
    );
    match seconds(&from) <= when && when <= seconds(&to) {
        true => Ok(()),
        false => Err(CERTIFICATE_EXPIRED.because(format!(
            "the certificate is valid from {from} to {to}, which the time of signing is not within"
        ))),
    }
}

/// The certificates that the path used.
fn path(
    message: &Message,
    trust: &Trust,
    seconds: u64,
    purpose: Purpose,
) -> Result<Vec<Vec<u8>>, Reason> {
    if trust.anchors.is_empty() {
        return Err(UNTRUSTED.because("no anchor was given (--trust)"));
    }
    let anchors: Vec<CertificateDer<'_>> = trust
        .anchors
        .iter()
        .map(|der| der.as_slice().into())
        .collect();
    let anchors: Vec<_> = anchors
        .iter()
        .filter_map(|der| anchor_from_trusted_cert(der).ok())
        .collect();
    let own = CertificateDer::from(message.certificate.der.as_slice());
    let others = message.certificates.iter().map(|one| one.der.as_slice());
    let others = others.filter(|der| *der != message.certificate.der);
    let others: Vec<CertificateDer<'_>> = others.map(CertificateDer::from).collect();
    let entity = EndEntityCert::try_from(&own).map_err(|error| reason(&error))?;
    let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
    let known = algorithm::of_certificates();
    let path = entity
        .verify_for_usage(&known, &anchors, &others, time, purpose, None, None)
        .map_err(|error| reason(&error))?;
    let used = path
        .intermediate_certificates()
        .map(|one| one.der().to_vec());
    let mut used: Vec<Vec<u8>> = used.collect();
    used.push(own.to_vec());
    Ok(used)
}

/// A certificate that no path needs is protected by nothing; a program that trusts it would be misled.
fn unused(message: &Message, trust: &Trust, used: &[Vec<u8>]) -> Option<Reason> {
    let extra = message
        .certificates
        .iter()
        .find(|one| !used.contains(&one.der) && !trust.anchors.contains(&one.der))?;
    let subject = extra.certificate.tbs_certificate().subject();
    Some(UNUSED_MATERIAL.because(format!(
        "the message carries a certificate of '{subject}' that no check needs"
    )))
}

/// True when stamping time is the certificate's one purpose (RFC 3161, section 2.3).
fn stamps_time(certificate: &Certificate) -> bool {
    let purposes = certificate
        .tbs_certificate()
        .get_extension::<ExtendedKeyUsage>();
    matches!(purposes, Ok(Some((_, ExtendedKeyUsage(all)))) if all == [ID_KP_TIME_STAMPING])
}

fn key_usage(certificate: &Certificate) -> Result<(), Reason> {
    let usage = certificate.tbs_certificate().get_extension::<KeyUsage>();
    let wrong = |what: &str| Err(CERTIFICATE_USAGE.because(what));
    match usage {
        Ok(None) => Ok(()),
        Ok(Some((_, KeyUsage(set)))) => {
            let signs = [KeyUsages::DigitalSignature, KeyUsages::NonRepudiation];
            match signs.iter().any(|one| set.contains(*one)) {
                true => Ok(()),
                false => wrong("the certificate's key usage allows no signatures"),
            }
        }
        Err(_) => wrong("the certificate's key usage cannot be read"),
    }
}

fn reason(error: &Error) -> Reason {
    let day = |time: &UnixTime| {
        let time = std::time::Duration::from_secs(time.as_secs());
        DateTime::from_unix_duration(time).map_or_else(|_| "?".to_owned(), |time| time.to_string())
    };
    match error {
        Error::CertExpired { time, not_after } => CERTIFICATE_EXPIRED.because(format!(
            "a certificate expired on {}, before the time of signing, {}",
            day(not_after),
            day(time)
        )),
        Error::CertNotValidYet { time, not_before } => CERTIFICATE_EXPIRED.because(format!(
            "a certificate was valid only from {}, after the time of signing, {}",
            day(not_before),
            day(time)
        )),
        Error::CertRevoked => CERTIFICATE_REVOKED.because("a certificate of the chain is revoked"),
        Error::UnknownIssuer => {
            UNTRUSTED.because("no chain leads from the certificate to an anchor that was given")
        }
        Error::RequiredEkuNotFoundContext(_) => {
            CERTIFICATE_USAGE.because("the certificate's purposes are others (extended key usage)")
        }
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => WEAK_ALGORITHM
            .because("a certificate of the chain is signed with a weak or unknown algorithm"),
        other => CERTIFICATE_INVALID.because(format!("the chain breaks a rule: {other:?}")),
    }
}

/// A time that does not fit `u64` is none.
pub fn seconds(time: &DateTime) -> u64 {
    time.unix_duration().as_secs()
}
