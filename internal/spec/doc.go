// Package spec reads the files in which people state definitions, registers and
// requests, and turns them into the noun. It is the only package that knows
// YAML; JSON, which is a part of YAML, is read the same way.
//
// # Every mistake at once
//
// [Parse] gives documents and findings. A finding is a fault of the D area with
// file, line and column, and where a name is unknown, the nearest known one. It
// is one pass for the author: what is not understood does not hide what is wrong
// further down.
//
// First the bytes become a tree of nodes with positions, by which anchors,
// aliases, tags and depth are refused: a small file never becomes a large one.
// Then the tree is laid over the Go structs of package report, whose json tags
// name the fields. Then the meaning is checked: [ValidateDefinition],
// [ValidateRegister] and [ValidateRequest] take plain values, name the place of
// a mistake by a path such as "indicators/3/num", and Parse turns the path into
// a line.
//
// # Scalars are what is written
//
// Where a text is wanted, the characters in the file are taken as they stand:
// version: 2021.10 is the version "2021.10" and code: 0102 is "0102". Numbers
// are wanted as numbers, days as year-month-day.
//
// docs/formats has a page for each kind of file and a JSON schema for editors.
package spec
