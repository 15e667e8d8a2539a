//! Tables → XHTML.

use crate::document::{Align, Block, Cell, Table, plain_text};

use super::xhtml::Writer;
use super::xml;

impl Writer<'_> {
    /// A table. A head row without words is left out: it only says that there is none.
    pub(super) fn table(&mut self, block: &Block, table: &Table) {
        // What is wider than the screen is moved under it, by keys too.
        let label = xml::value(self.context.labels.table);
        self.open(&format!("<div class=\"scroll\" role=\"group\" aria-label=\"{label}\" tabindex=\"0\">"));
        self.block_open("<table", block);
        if table.head.iter().any(|cell| !plain_text(&cell.content).trim().is_empty()) {
            self.open("<thead>");
            let outer = self.style;
            self.style.bold = true;
            self.row(&table.head, &table.columns, true);
            self.style = outer;
            self.close("</thead>");
        }
        self.open("<tbody>");
        for row in &table.rows {
            self.row(row, &table.columns, false);
        }
        self.close("</tbody>");
        self.close("</table>");
        self.close("</div>");
    }

    fn row(&mut self, cells: &[Cell], columns: &[Align], head: bool) {
        self.open("<tr>");
        for (index, cell) in cells.iter().enumerate() {
            // A head cell without words names nothing.
            let head = head && !plain_text(&cell.content).trim().is_empty();
            self.begin();
            self.out.push_str(if head { "<th scope=\"col\"" } else { "<td" });
            self.out.push_str(match columns.get(index).copied().unwrap_or_default() {
                Align::Start => "",
                Align::Left => " class=\"left\"",
                Align::Center => " class=\"center\"",
                Align::Right => " class=\"right\"",
            });
            self.out.push('>');
            self.own(cell.id, &cell.content);
            self.out.push_str(if head { "</th>\n" } else { "</td>\n" });
        }
        self.close("</tr>");
    }
}
