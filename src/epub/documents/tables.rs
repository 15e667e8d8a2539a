//! Tables → XHTML.

use crate::document::{Align, Block, Cell, Table, plain_text};

use super::xhtml::Writer;

impl Writer<'_> {
    /// A table. A head row without words is left out: it only says that there is none.
    pub(in crate::epub) fn table(&mut self, block: &Block, table: &Table) {
        // What is wider than the screen is moved under it, by keys too.
        let label = self.context.labels.table;
        let scroll = [("class", "scroll"), ("role", "group"), ("aria-label", label), ("tabindex", "0")];
        self.xml.open("div", &scroll);
        self.block_open("table", block, "");
        if table.head.iter().any(|cell| !plain_text(&cell.content).trim().is_empty()) {
            self.xml.open("thead", &[]);
            let outer = self.style;
            self.style.bold = true;
            self.row(&table.head, &table.columns, true);
            self.style = outer;
            self.xml.close();
        }
        self.xml.open("tbody", &[]);
        for row in &table.rows {
            self.row(row, &table.columns, false);
        }
        self.xml.close();
        self.xml.close();
        self.xml.close();
    }

    fn row(&mut self, cells: &[Cell], columns: &[Align], head: bool) {
        self.xml.open("tr", &[]);
        for (index, cell) in cells.iter().enumerate() {
            // A head cell without words names nothing.
            let head = head && !plain_text(&cell.content).trim().is_empty();
            let class = match columns.get(index).copied().unwrap_or_default() {
                Align::Start => None,
                Align::Left => Some("left"),
                Align::Center => Some("center"),
                Align::Right => Some("right"),
            };
            self.xml.indent();
            if head {
                self.xml.start("th").attribute("scope", "col");
            } else {
                self.xml.start("td");
            }
            if let Some(class) = class {
                self.xml.attribute("class", class);
            }
            self.own(cell.id, &cell.content);
            self.xml.end();
            self.xml.newline();
        }
        self.xml.close();
    }
}
