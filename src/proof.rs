//! A booklet to look at before any file of it is made: pages, sheets, the EPUB as a reading system gets it.
//!
//! Comes in: a manuscript. Goes out: a [`Proof`]: which pages there are and in which order one holds them,
//! which sides of which sheets, and for whoever asks a picture of each, its words, or a file of the EPUB.
//! Nothing is drawn or packed before somebody asks for it. Every page and every side has a mark
//! (`mark.rs`) that changes if and only if what is on it does, so that only what changed is asked for
//! again. Nothing here is written to the disk.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::diagnostic::Report;
use crate::diagnostic::fault::guarded;
use crate::folder::Manuscript;
use crate::impose::{self, Held, PageRef, PlacedPage, Purpose, Scale, Sheets, Side};
use crate::language::Language;
use crate::length::{Point, Rect, Size};
use crate::manifest::Flip;
use crate::picture;
use crate::picture::screen::Treatment;
use crate::press::{Run, Setting};
use crate::raster;
use crate::typeset::frame::{Ink, Page, PageKind, Pages};

mod mark;
mod phone;
mod words;

pub use mark::Mark;
pub use phone::{Phone, PhonePart};

/// A page as it is known to who looks at it.
#[derive(Debug, Clone, PartialEq)]
pub struct PageView {
    /// Changes when the page does.
    pub mark: Mark,
    /// What it is for.
    pub kind: PageKind,
    /// Its number, or nothing.
    pub label: String,
    /// Its trimmed size.
    pub size: Size,
}

/// A side of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct SideView {
    /// Changes when anything on the side does.
    pub mark: Mark,
    /// The paper.
    pub size: Size,
    /// Which sheet, from 0.
    pub sheet: usize,
    /// Whether it is its back.
    pub back: bool,
    /// Where pages lie on it, as far as they are on the paper.
    pub cells: Vec<Rect>,
}

/// A file to print.
#[derive(Debug)]
pub struct PrintView {
    /// The file's name.
    pub name: String,
    /// How many sheets of paper it takes.
    pub papers: usize,
    /// The duplex edge; none if one side only is printed.
    pub flip: Option<Flip>,
    /// Its sides, sheet by sheet.
    pub sides: Vec<SideView>,
    ink: Ink,
    pictures: Treatment,
    /// The pages with photographs as they are printed, once a side is looked at; none if that changes nothing.
    treated: OnceLock<Option<Pages>>,
    laid: Vec<Side>,
    inserts: Vec<Page>,
}

/// A booklet to look at.
#[derive(Debug)]
pub struct Proof {
    setting: Setting,
    /// Every page, and after them the one that imposition puts in the place of blanks.
    pub pages: Vec<PageView>,
    /// The openings, as one turns the leaves.
    pub held: Vec<Held>,
    /// The files to print.
    pub prints: Vec<PrintView>,
    by_mark: BTreeMap<Mark, usize>,
    sides_by_mark: BTreeMap<Mark, (usize, usize)>,
    phone: OnceLock<Phone>,
}

impl Proof {
    /// Sets a booklet and lays it out. None if it has errors; the report says which.
    pub fn of(manuscript: &Manuscript, report: &mut Report) -> Option<Self> {
        let setting = Setting::of(manuscript, report)?;
        let runs = setting.runs(report);
        if report.has_errors() {
            return None;
        }
        let marker = mark::Marker::new(&setting.pages);
        let mut pages: Vec<PageView> = setting.pages.pages.iter().map(|page| view(page, &marker)).collect();
        let printed: Vec<&Run<'_>> = runs.iter().filter(|run| run.printed()).collect();
        let marks: Vec<Mark> = pages.iter().map(|page| page.mark).collect();
        let prints: Vec<PrintView> = printed.iter().map(|run| print(run, &marks, &marker)).collect();
        let held = match printed.first() {
            Some(run) => {
                // What a blank is filled with is a page like any other.
                pages.extend(
                    run.sheets.inserts.iter().take(1).filter(|_| run.sheets.filled).map(|p| view(p, &marker)),
                );
                impose::held(&run.sheets)
            }
            None => Vec::new(),
        };
        drop(runs);
        let by_mark = pages.iter().enumerate().map(|(index, page)| (page.mark, index)).collect();
        let sides = prints.iter().enumerate().flat_map(|(print, view)| {
            view.sides.iter().enumerate().map(move |(side, view)| (view.mark, (print, side)))
        });
        let sides_by_mark = sides.collect();
        Some(Self { setting, pages, held, prints, by_mark, sides_by_mark, phone: OnceLock::new() })
    }

    /// The same. A fault of booklet's own ends no more than this try: it is told in the report.
    pub fn of_safely(manuscript: &Manuscript, report: &mut Report) -> Option<Self> {
        guarded(&manuscript.to_string(), report, |report| Self::of(manuscript, report)).flatten()
    }

    /// The booklet's title.
    pub fn title(&self) -> &str {
        &self.setting.document.identity.title
    }

    /// The language of its text.
    pub fn language(&self) -> &Language {
        &self.setting.document.identity.language
    }

    /// Whether it is read from right to left.
    pub fn right_to_left(&self) -> bool {
        self.setting.pages.right_to_left
    }

    /// The index among [`Self::pages`] of what is held; none for a blank.
    pub fn index(&self, page: PageRef) -> Option<usize> {
        page.index(self.setting.pages.pages.len())
    }

    /// The page with a mark as PNG, so many pixels wide or little less. None if there is no such page.
    pub fn page(&self, mark: Mark, width: u32) -> Option<Vec<u8>> {
        let &index = self.by_mark.get(&mark)?;
        let resolution = resolution(width, self.pages.get(index)?.size);
        let pages = &self.setting.pages;
        if index < pages.pages.len() {
            return Some(picture::png(&raster::page(pages, index, resolution, Ink::Colour)));
        }
        let size = self.pages.get(index)?.size;
        let all = Rect { origin: Point::default(), size };
        let (page, at, scale) = (PageRef::Insert(index - pages.pages.len()), Point::default(), Scale::NONE);
        let placed = PlacedPage { page, at, size, quarter_turns: 0, scale, clip: all };
        let side = Side { size, trim: all, pages: vec![placed], marks: Vec::new() };
        let inserts = self.prints.first()?.inserts.clone();
        let sheets = Sheets { inserts, sides: vec![side], ..Sheets::none(pages, Purpose::Reading) };
        Some(picture::png(&raster::side(&sheets, 0, resolution, Ink::Colour)))
    }

    /// The side with a mark as PNG, likewise.
    pub fn side(&self, mark: Mark, width: u32) -> Option<Vec<u8>> {
        let &(print, side) = self.sides_by_mark.get(&mark)?;
        let print = self.prints.get(print)?;
        let side = print.laid.get(side)?.clone();
        let resolution = resolution(width, side.size);
        let inserts = print.inserts.clone();
        let own = &self.setting.pages;
        let treat = || (print.pictures != Treatment::PLAIN).then(|| raster::treated(own, print.pictures));
        let pages = print.treated.get_or_init(treat).as_ref().unwrap_or(own);
        let none = Sheets::none(pages, Purpose::PrintOneSide);
        let sheets = Sheets { inserts, sides: vec![side], ..none };
        Some(picture::png(&raster::side(&sheets, 0, resolution, print.ink)))
    }

    /// The words of the page with a mark, in reading order, without its head and folio.
    pub fn words(&self, mark: Mark) -> Option<String> {
        let index = *self.by_mark.get(&mark)?;
        let page = self.setting.pages.pages.get(index);
        Some(page.map(words::of).unwrap_or_default())
    }

    /// The EPUB, opened. It is made when this is first called.
    pub fn phone(&self) -> &Phone {
        self.phone.get_or_init(|| Phone::of(&self.setting))
    }
}

fn view(page: &Page, marker: &mark::Marker) -> PageView {
    PageView { mark: marker.page(page), kind: page.kind, label: page.label.clone(), size: page.size }
}

fn print(run: &Run<'_>, pages: &[Mark], marker: &mark::Marker) -> PrintView {
    let sheets = &run.sheets;
    let inserts: Vec<Mark> = sheets.inserts.iter().map(|page| marker.page(page)).collect();
    let marked = |page| match page {
        PageRef::Page(index) => pages.get(index).copied(),
        PageRef::Blank => None,
        PageRef::Insert(index) => inserts.get(index).copied(),
    };
    let mut sides: Vec<(SideView, Side)> = Vec::new();
    for (index, side) in sheets.sides.iter().enumerate() {
        let (sheet, back) = sheets.place_of(index);
        let mark = mark::side(side, marked, run.ink, run.pictures);
        sides.push((
            SideView { mark, size: side.size, sheet, back, cells: side.pages.iter().map(cell).collect() },
            side.clone(),
        ));
    }
    // By hand, all fronts are printed before the backs; looked at, they belong together.
    sides.sort_by_key(|(view, _)| (view.sheet, view.back));
    let (views, laid) = sides.into_iter().unzip();
    let flip = match sheets.purpose {
        Purpose::Print(flip) => Some(flip),
        Purpose::PrintOneSide | Purpose::Reading => None,
    };
    let (name, inserts) = (run.name(), sheets.inserts.clone());
    PrintView {
        name,
        papers: sheets.papers,
        flip,
        sides: views,
        ink: run.ink,
        pictures: run.pictures,
        treated: OnceLock::new(),
        laid,
        inserts,
    }
}

/// What a page covers of the paper that it lies on.
fn cell(placed: &PlacedPage) -> Rect {
    let Point { x, y } = placed.at;
    let Size { width, height } = placed.size;
    let (x, y, width, height) = match placed.quarter_turns % 4 {
        0 => (x, y, width, height),
        1 => (x - height, y, height, width),
        2 => (x - width, y - height, width, height),
        _ => (x, y - width, height, width),
    };
    Rect { origin: Point::new(x, y), size: Size::new(width, height) }
}

/// The pixels an inch that make something of a size so many pixels wide.
fn resolution(width: u32, size: Size) -> f64 {
    f64::from(width) * 72.0 / size.width.to_pt().max(1.0)
}
