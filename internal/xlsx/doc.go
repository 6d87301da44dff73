// Package xlsx is the only package that knows spreadsheet file formats:
// reading with limits, deterministic writing.
//
// # Reading
//
// [Sniff] says what a file is by its content, never by its name. [Open] takes
// an Office Open XML workbook and gives its sheets, names, styles and marks;
// [Workbook.Scan] streams the cells of a sheet in the order of the file, and
// [Workbook.Grid] collects them into a [Grid], the sparse sheet that every
// other format is read into as well.
//
// The reader has one promise above all others: it gives every cell of a sheet,
// or it gives an error. A part that is cut off, a checksum that does not
// agree, an index into a table of texts that is too short, the same cell
// twice: each is refused with an [*Error] that says what is wrong, in which
// part, on which sheet, at which cell. Nothing is repaired in silence, for a
// repaired figure is a figure nobody reported. Macros are never run, links
// never followed, entities never expanded.
//
// What comes from outside is bounded by [Limits]: bytes, inflated bytes
// (counted while inflating, whatever the headers declare), parts, sheets,
// texts, cells, nesting. Memory does not grow with a sheet in Scan, and grows
// with the cells that have content in Grid; never with the place where they
// stand.
//
// The scanner is our own because a report must not lose rows: see
// docs/adr/0005-own-xlsx-scanner.md for the measurements behind it.
//
// # Writing
//
// Workbooks are written so that the same state gives the same bytes: parts in
// a fixed order, no clock, no map order.
package xlsx
