//! Writing laid out pages: documents as PDF/A-3a and PDF/UA-1, documents without files as PDF/A-2a and PDF/UA-1, pages to be put into another PDF as PDF/A-2u.
//!
//! Comes in: pages, and the identity of their edition. Goes out: bytes that are the same on every run, thread and machine.
//! Must not know the time of day: the document's date is the edition's.

use chrono::{Datelike, NaiveDate};
use typst::diag::SourceResult;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::Job;

/// The bytes of the PDF.
pub(super) fn write(document: &PagedDocument, job: &Job) -> SourceResult<Vec<u8>> {
    typst_pdf::pdf(document, &options(job))
}

/// The bytes of a document that may carry no files.
pub(super) fn write_plain(document: &PagedDocument, job: &Job) -> SourceResult<Vec<u8>> {
    let options = PdfOptions {
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .expect("both standards allow PDF 1.7"),
        ..options(job)
    };
    typst_pdf::pdf(document, &options)
}

/// The bytes of a page that is put into another PDF. PDF/A-2u asks of fonts and colours what PDF/A-3a does, and does not ask for tags.
pub(super) fn write_stamp(document: &PagedDocument, job: &Job) -> SourceResult<Vec<u8>> {
    let options = PdfOptions {
        standards: PdfStandards::new(&[PdfStandard::A_2u]).expect("one standard fits itself"),
        tagged: false,
        ..options(job)
    };
    typst_pdf::pdf(document, &options)
}

fn options(job: &Job) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(job.ident.to_owned()),
        creator: Smart::Custom(Some(job.generator.to_owned())),
        timestamp: midnight(job.date).map(Timestamp::new_utc),
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
            .expect("both standards allow PDF 1.7"),
        tagged: true,
        pretty: false,
    }
}

fn midnight(date: NaiveDate) -> Option<Datetime> {
    let (month, day) = (date.month().try_into().ok()?, date.day().try_into().ok()?);
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0)
}
