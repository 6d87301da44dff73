// Package export turns figures into files: the third verb.
//
// # The Committee's workbook
//
// [Workbook] writes a [report.Summary] as the workbook a department sends up:
// heading, title and signature of Decree 30/2020, ten lines in words, the table
// by indicator and agency, the same by place, who reported when, the narrative
// answers, charts, and beneath it all the facts with the cells they were read
// from.
//
// Only the sheet of sources holds figures that stand for themselves. What lies
// above it adds them up with live formulas: source, agency and place, agency or
// place, total. So every number of the first page can be opened down to the
// paper it came from, by its link or with the spreadsheet's own means (law 4).
//
// A formula is written only where it has been proved: its terms are added up
// here in exact decimals, and unless they give the very value that was checked,
// the value stands alone. A formula over decimals rounds to the decimals its
// terms have, which takes the dust of binary fractions off. Recalculating the
// workbook therefore changes no number.
//
// Missing is not zero (law 8): a cell without a figure is blank and grey, or
// holds a word that says why; adding up passes over it.
//
// The same summary gives the same bytes (law 6). Nothing here asks the clock
// except [Worker], and that through a field.
//
// # Other files
//
// [CSV] writes tidy rows for other programs, [FileName] says what a file should
// be called, and [Worker] writes workbooks when a schedule is due or a request
// is closed, each once.
package export
