// Package faultproof holds the fault catalogue to what the program does: every
// code has an input in testdata/faults that raises it, and no code is kept that
// nothing raises. It is tests and nothing else.
//
// An input is a text archive that a person can read: a document, the cells of a
// workbook, a form, or requests to the API. The test gives it to the very code
// that reads such a thing in earnest (spec.Parse, ingest.Read, the portal over
// desk, worker and journal in memory) and wants the named fault at the named
// place, with every argument its sentences need. How an archive is written says
// testdata/faults/README.md.
package faultproof
