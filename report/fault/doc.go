// Package fault is the catalogue of everything that can be wrong with a paper, and the
// value that says so.
//
// What is wrong with the paper is data and speaks to people; what is wrong with the
// machine is an ordinary error. A [Fault] is such data: a code, a place and arguments.
// Its words come last, when somebody reads it, from the catalogue in faults.yaml:
// Vietnamese first, English beside it, each with a sentence on how to mend it.
//
//	f := fault.New(fault.NotWhole, fault.A("label", "Số lớp"), fault.A("got", "12,5")).
//		At("Biểu 01", "F18")
//	f.VI()    // Số lớp: đang ghi “12,5”, nhưng chỉ tiêu này phải là số nguyên.
//	f.FixVI() // Nhập số nguyên; không nhập phần lẻ.
//
// # Severities
//
// Four, in this order. [Stop]: the file cannot be read, nothing else was looked at.
// [Error]: must be mended before the report can be submitted. [Explain]: may be right,
// and is taken with an explanation that the reviewer sees. [Note]: something was read
// in a way worth saying; it blocks nothing.
//
// # Codes
//
// A code is an area letter and three digits (the areas are listed in faults.yaml). Law 7:
// a code lives for ever; words may change. The journal therefore stores codes, places and
// arguments, never sentences, and testdata/codes.txt only grows. [Code] is itself an
// error, so that a caller can ask errors.Is(err, fault.RequestClosed).
//
// # Arguments
//
// Arguments are kept as they are in the machine: a decimal as "1204.5", a day as
// "2021-03-30". The catalogue says which argument is a number or a date, and the words
// show it as the reader of that language writes it. A missing argument shows as "?"; a
// part of the sentence in double brackets is dropped when an argument in it is missing.
package fault

//go:generate go run ./internal/gen
