//! What Typst sees of one edition: the shared snapshot, the edition's data, and its date.
//!
//! Comes in: a job. Goes out: answers to Typst, and the list of files it opened.
//! Must not change while a document is set, nor reach the disk, the network, the system's fonts or the clock.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use chrono::{Datelike, NaiveDate};
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::attachment::{self, Attachment, EDITION_PATH};
use super::files::TemplateFiles;
use super::{DATA_PATH, Job};

/// The one library of all editions: were it made per edition, nothing evaluated could be shared between them.
static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

/// The world of one edition.
pub(super) struct EditionWorld<'a> {
    files: &'a TemplateFiles,
    fonts: &'a super::Fonts,
    main: FileId,
    template: FileId,
    data: Bytes,
    date: NaiveDate,
    wrapper: Option<Source>,
    attachments: &'a [Attachment],
    opened: Mutex<BTreeSet<&'static str>>,
}

impl<'a> EditionWorld<'a> {
    /// The world of a job; none when the main path leads out of the templates.
    pub(super) fn new(job: &Job<'a>) -> Option<Self> {
        let template = project_file(job.main)?;
        Some(Self {
            files: job.files,
            fonts: job.fonts,
            main: template,
            template,
            data: Bytes::new(job.data.to_vec()),
            date: job.date,
            wrapper: None,
            attachments: &[],
            opened: Mutex::new(BTreeSet::new()),
        })
    }

    /// The same world with files to attach.
    pub(super) fn attaching(job: &Job<'a>, attachments: &'a [Attachment]) -> Option<Self> {
        let main = project_file(EDITION_PATH)?;
        let wrapper = Source::new(main, attachment::wrapper(job.main, attachments));
        Some(Self {
            main,
            wrapper: Some(wrapper),
            attachments,
            ..Self::new(job)?
        })
    }

    /// The main template, also when the file that attaches others sets it.
    pub(super) fn template(&self) -> FileId {
        self.template
    }

    /// Whether a file is the one that sets the template and attaches others.
    pub(super) fn is_wrapper(&self, id: FileId) -> bool {
        self.wrapper
            .as_ref()
            .is_some_and(|wrapper| wrapper.id() == id)
    }

    /// The edition's data.
    pub(super) fn data(&self) -> &[u8] {
        &self.data
    }

    /// The virtual paths opened so far, sorted.
    pub(super) fn opened(&self) -> Vec<String> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.iter().map(|&path| path.to_owned()).collect()
    }

    fn open<T>(&self, id: FileId, found: FileResult<T>) -> FileResult<T> {
        if found.is_ok() {
            let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            opened.insert(id.get().vpath().get_with_slash());
        }
        found
    }
}

impl World for EditionWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.0.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        refuse_packages(id)?;
        // Data are values: `#include "/data.json"` must not run what stands in them.
        if is_data(id) {
            return Err(FileError::NotSource);
        }
        match &self.wrapper {
            Some(wrapper) if wrapper.id() == id => Ok(wrapper.clone()),
            _ => self.open(id, self.files.source(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        refuse_packages(id)?;
        if let Some(bytes) = attachment::served(id.vpath().get_with_slash(), self.attachments) {
            return Ok(bytes);
        }
        let found = if is_data(id) {
            Ok(self.data.clone())
        } else {
            self.files.bytes(id)
        };
        self.open(id, found)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.0.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        let (month, day) = (
            self.date.month().try_into().ok()?,
            self.date.day().try_into().ok()?,
        );
        Datetime::from_ymd(self.date.year(), month, day)
    }
}

/// The file at a virtual path of the project; none when the path leads out of it.
fn project_file(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Whether a file is the edition's data.
pub(super) fn is_data(id: FileId) -> bool {
    matches!(id.root(), VirtualRoot::Project) && id.vpath().get_with_slash() == DATA_PATH
}

fn refuse_packages(id: FileId) -> FileResult<()> {
    let VirtualRoot::Package(spec) = id.root() else {
        return Ok(());
    };
    let reason =
        format!("{spec}: templates import no packages, put what they need under templates/shared/");
    Err(FileError::Package(PackageError::Other(Some(reason.into()))))
}
