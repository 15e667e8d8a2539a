//! Front matter: the pages between the cover and the text.
//!
//! With a title page: an empty inside cover, the title page on a recto, the imprint on its back, the
//! contents on the next recto; the text begins on a recto. Without one the imprint stands on the inside
//! of the cover, and no page is spent.

use crate::diagnostic::Report;
use crate::length::Length;

use super::contents::Contents;
use super::credits::{few_named, made, names};
use super::imprint;
use super::matter::{BOLD, Leaf, PLAIN, count, largest, spec};
use crate::typeset::block::context::Context;
use crate::typeset::frame::{Owner, Page, PageKind, Placed, roman};
use crate::typeset::inline::paragraph::ParagraphSpec;
use crate::typeset::style::Style;

/// What a page of the front matter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrontPage {
    Blank,
    Title,
    /// Which page of the imprint: all but those of crowds have one.
    Imprint(usize),
    /// Which page of the contents.
    Contents(usize),
}

/// The pages after the cover and before the text.
pub(crate) fn plan(style: &Style, imprint: usize, contents: usize) -> Vec<FrontPage> {
    let mut plan = if style.title_page { vec![FrontPage::Blank, FrontPage::Title] } else { Vec::new() };
    plan.extend((0..imprint.max(1)).map(FrontPage::Imprint));
    plan.extend((0..contents).map(FrontPage::Contents));
    // The cover is the first recto; the text begins on one.
    if plan.len() % 2 == 0 {
        plan.push(FrontPage::Blank);
    }
    plan
}

/// Sets them. The cover is page i, so the page after it is page ii.
pub(crate) fn pages(
    context: &Context<'_>,
    plan: &[FrontPage],
    mut imprint: Vec<Vec<Placed>>,
    mut contents: Contents,
    report: &mut Report,
) -> Vec<Page> {
    plan.iter()
        .enumerate()
        .map(|(index, front)| {
            let number = index + 2;
            let recto = number % 2 == 1;
            let items = match front {
                FrontPage::Blank => Vec::new(),
                FrontPage::Title => title_page(context, recto, report),
                FrontPage::Imprint(page) => {
                    let items = imprint.get_mut(*page).map(std::mem::take).unwrap_or_default();
                    imprint::beside(context.style, items, recto)
                }
                FrontPage::Contents(page) => contents.page(context, *page, recto),
            };
            let kind = if items.is_empty() { PageKind::Blank } else { PageKind::Front };
            Page { size: context.style.page, kind, label: roman(number), items }
        })
        .collect()
}

fn title_page(context: &Context<'_>, recto: bool, report: &mut Report) -> Vec<Placed> {
    let style = context.style;
    let identity = &context.document.identity;
    let mut leaf = Leaf::new(context.setter, style, recto);
    let measure = style.measure();
    let line = style.text.leading;
    if !identity.authors.is_empty() {
        let spec = spec(measure, style.text.size.scale(115, 100), PLAIN);
        let leading = line.scale(115, 100);
        let (authors, named) = authors(context, &spec, leading);
        if named < identity.authors.len() {
            report.push(few_named(context.document, "title page", named));
        }
        leaf.text(&authors, Owner::MATTER, &spec, leading);
    }
    let end = style.margins.top + style.height();
    let made = made(identity);
    let made_spec = spec(measure, style.text.size, PLAIN);
    let made_lines = if made.is_empty() { 0 } else { count(context.setter, &made, &made_spec) };
    // The title hangs from a quarter of the height, like the line of a poster and not like its middle.
    leaf.y = leaf.y.max(style.margins.top + style.height() / 4 - line * 2) + line;
    let base = spec(measure, style.text.size, BOLD);
    let range = style.text.size.scale(150, 100)..=style.text.size.scale(240, 100);
    let mut size = largest(context.setter, &identity.title, &base, range, 4);
    let mut second = style.text.size.scale(125, 100);
    let subtitle = identity.subtitle.as_deref();
    // Sizes that are well for a line or four are too large for a title of a hundred words.
    let room = end - line * made_lines - leaf.y;
    let height = |size: Length, second: Length| {
        let title = ParagraphSpec { size, ..base };
        let lines = count(context.setter, &identity.title, &title);
        let under = subtitle.map_or(Length::ZERO, |words| {
            let spec = spec(measure, second, style.slanted());
            line + second.scale(130, 100) * count(context.setter, words, &spec)
        });
        size.scale(118, 100) * lines + under
    };
    for _ in 0..24 {
        if height(size, second) <= room {
            break;
        }
        (size, second) = (size.scale(94, 100), second.scale(97, 100));
    }
    leaf.title(&identity.title, &ParagraphSpec { size, ..base }, size.scale(118, 100));
    if let Some(subtitle) = subtitle {
        leaf.skip(line);
        leaf.title(subtitle, &spec(measure, second, style.slanted()), second.scale(130, 100));
    }
    if !made.is_empty() {
        leaf.y = end - line * made_lines;
        leaf.text(&made, Owner::MATTER, &made_spec, line);
    }
    leaf.items
}

/// The authors as the title page names them, and how many: all of them in up to half of the page, else
/// those who stand in a quarter of it, and a word for the rest.
fn authors(context: &Context<'_>, spec: &ParagraphSpec, leading: Length) -> (String, usize) {
    let authors = &context.document.identity.authors;
    let lines = |part: i64| (context.style.height().0 / part / leading.0.max(1)).max(1);
    let fill = |lines: i64| {
        let mut left = spec.measure * lines;
        let within = authors.iter().take_while(|author| {
            left -= context.setter.width(&format!("{}, ", author.name), spec);
            left > Length::ZERO
        });
        within.count()
    };
    let all = names(authors);
    let most = lines(2);
    if authors.len() < 2 || fill(most + 1) == authors.len() && count(context.setter, &all, spec) <= most {
        return (all, authors.len());
    }
    let most = lines(4);
    let some = |count: usize| format!("{} {}", names(&authors[..count]), context.style.labels.others);
    let fits = |named: &usize| count(context.setter, &some(*named), spec) <= most;
    let named = (1..=fill(most).min(authors.len() - 1)).rev().find(fits).unwrap_or(1);
    (some(named), named)
}
