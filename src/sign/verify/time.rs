//! The time that a signer claims: `M` of the signature dictionary, else the signing-time attribute.

use der::DateTime;
use der::asn1::{GeneralizedTime, UtcTime};

use super::message::Message;
use super::verdict::{Proof, Time};
use crate::sign::cms::types;
use crate::sign::pdf::{Dictionary, Object};

/// The claimed time.
pub fn claimed(signature: &Dictionary, message: Option<&Message>) -> Option<Time> {
    let written = signature.get(b"M".as_slice()).and_then(Object::as_text);
    let written = written.and_then(|text| date(&text.bytes));
    let attribute = || {
        let value = message?.signed(types::SIGNING_TIME).ok()??;
        let utc = value.decode_as::<UtcTime>().map(|time| time.to_date_time());
        let general = || value.decode_as::<GeneralizedTime>();
        utc.or_else(|_| general().map(|time| time.to_date_time()))
            .ok()
    };
    let time = written
        .or_else(|| attribute().map(|time| (time.to_string(), time.unix_duration().as_secs())))?;
    Some(Time {
        at: time.0,
        proof: Proof::Claimed,
        seconds: time.1,
    })
}

/// A PDF date such as `D:20180620113000+02'00'` (ISO 32000-1, 7.9.4), in universal time.
fn date(text: &[u8]) -> Option<(String, u64)> {
    let text = std::str::from_utf8(text).ok()?;
    let text = text.strip_prefix("D:").unwrap_or(text);
    let (digits, zone) = text.split_at_checked(14)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2)?.parse::<u8>().ok();
    let year = digits.get(..4)?.parse().ok()?;
    let local = DateTime::new(year, part(4)?, part(6)?, part(8)?, part(10)?, part(12)?).ok()?;
    let seconds = local.unix_duration().as_secs();
    let seconds = match zone.as_bytes().first() {
        None | Some(b'Z') => seconds,
        Some(sign) => {
            let mut parts = zone.get(1..)?.split('\'').filter(|part| !part.is_empty());
            let mut next = || {
                parts
                    .next()
                    .map_or(Some(0), |part| part.parse::<u64>().ok())
            };
            let (hours, minutes) = (next()?, next()?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let offset = hours * 3600 + minutes * 60;
            match sign {
                b'+' => seconds.checked_sub(offset)?,
                b'-' => seconds.checked_add(offset)?,
                _ => return None,
            }
        }
    };
    let time = DateTime::from_unix_duration(std::time::Duration::from_secs(seconds)).ok()?;
    Some((time.to_string(), seconds))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_brought_to_universal_time() {
        let at = |text: &str| date(text.as_bytes()).map(|(text, _)| text);
        assert_eq!(
            at("D:20180620113000+02'00'").as_deref(),
            Some("2018-06-20T09:30:00Z")
        );
        assert_eq!(
            at("D:20180620093000Z").as_deref(),
            Some("2018-06-20T09:30:00Z")
        );
        assert_eq!(
            at("D:20180620093000Z00'00'").as_deref(),
            Some("2018-06-20T09:30:00Z")
        );
        assert_eq!(
            at("D:20180620003000-00'30").as_deref(),
            Some("2018-06-20T01:00:00Z")
        );
        assert_eq!(at("D:2018"), None);
        assert_eq!(at("D:20181320093000Z"), None);
    }
}
