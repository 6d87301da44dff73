// Package xlsx is the only package that knows spreadsheet file formats:
// reading with limits, deterministic writing.
//
// # Reading
//
// [Sniff] says what a file is by its content, never by its name. [Open] gives
// its sheets, names, styles and marks; [Workbook.Scan] streams the cells of a
// sheet in the order of the file, and [Workbook.Grid] collects them into a
// [Grid], the sparse sheet that is the same for every format.
//
// A format is a backend: Office Open XML (.xlsx, .xlsm), the records of Excel 5
// to 2003 (.xls; see packages biff and cfb below this one), OpenDocument (.ods),
// and tables in text (CSV, tabs). Formats differ in what they have to give. Of
// formulas .xls gives the stored value and not the text, and of the document no
// properties or names; text gives texts, as typed, on one sheet named Sheet1.
// OpenDocument has all its sheets in one part: see
// docs/adr/0024-opendocument-in-two-readings.md for what that means.
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
// The scanners are our own because a report must not lose rows: see
// docs/adr/0005-own-xlsx-scanner.md for the measurements behind that, and
// docs/adr/0022-any-spreadsheet-one-grid.md for the other formats.
//
// # Annotating
//
// [Annotate] puts marks into a workbook of somebody else's and [Unannotate] takes
// them out again: colours and notes on cells, and a first sheet that lists them.
// The package is edited and not written anew, so that what we do not know of a
// workbook we cannot harm: see docs/adr/0025-marks-in-anothers-workbook.md.
//
// # Writing
//
// Workbooks are written so that the same state gives the same bytes: parts in
// a fixed order, no clock, no map order.
package xlsx
