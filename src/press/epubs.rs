//! The EPUBs of a booklet that is set.

use crate::epub::{self, Book, Cover, Dialect, EpubOptions, Failure};
use crate::typeset::starts::{PageStart, starts};
use crate::typeset::style::Style;

use super::{Artifact, Product, Setting, Wanted, names};

impl Setting {
    /// The EPUBs that are wanted. Their list of pages is that of the PDFs, whether these are wanted or not, so that
    /// their bytes do not depend on what else is made.
    pub(super) fn epubs(&self, wanted: Wanted) -> Result<Vec<Artifact>, Failure> {
        let slug = &self.booklet.manifest.identity.slug;
        let starts = if wanted.epub || wanted.kepub { self.starts() } else { Vec::new() };
        let make = |dialect, product, name| {
            let own = self.options(&starts, dialect);
            let options = EpubOptions { cover: self.cover.as_ref(), sources: self.sources.as_ref(), ..own };
            Ok(Artifact { product, name, bytes: epub::write(&self.document, &options)? })
        };
        let plain = wanted.epub.then(|| make(Dialect::Plain, Product::Epub, names::epub(slug)));
        let kobo = wanted.kepub.then(|| make(Dialect::Kobo, Product::Kepub, names::kepub(slug)));
        plain.into_iter().chain(kobo).collect()
    }

    /// The files of the EPUB, without its sources among them.
    ///
    /// # Errors
    /// When a part of it is larger than an EPUB can hold.
    pub fn epub(&self) -> Result<Book, Failure> {
        let cover = Cover::draw(&self.document, &Style::new(&self.booklet));
        let starts = self.starts();
        let options = EpubOptions { cover: cover.as_ref(), ..self.options(&starts, Dialect::Plain) };
        epub::files(&self.document, &options)
    }

    /// Where the printed pages begin, if the EPUB lists them.
    fn starts(&self) -> Vec<PageStart> {
        let manifest = &self.booklet.manifest;
        let listed = manifest.epub.page_list;
        if listed { starts(&self.pages, &self.document, manifest.design.notes) } else { Vec::new() }
    }

    /// What the manifest asks of an EPUB.
    fn options<'s>(&'s self, starts: &'s [PageStart], dialect: Dialect) -> EpubOptions<'s> {
        EpubOptions::new(&self.booklet.manifest, &self.booklet.faces, starts, dialect)
    }
}
