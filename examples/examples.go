// Package examples carries the example forms, requests, registers and reports
// of this project, so that the one binary can show them without the source
// tree.
//
//   - ngay-ctxh-2021: the letter of Hải Dương about Social Work Day 2021. Nine
//     agencies, twelve districts, a month in March.
//   - lao-cai-ctxh: the periodic report of the social work centre of Lào Cai,
//     with stocks and flows, under two calendars.
//   - bhyt-lao-cai, bhyt-toan-quoc: forms for two tables of the health
//     insurance, a list of facilities and a table of the provinces. Their
//     figures are other people's and not here.
//   - registers: agencies and places of the two provinces and of the country.
//   - kich-ban: stories; that of ngay-ctxh-2021 is told by the demonstration.
//
// The workbooks in the folders nop are made from the tables beside them; run
// go generate after a change.
package examples

import (
	"embed"
	"fmt"

	"tonghop/report/fault"
)

//go:generate go run ./make

// FS holds the examples as they lie in this folder.
//
//go:embed ngay-ctxh-2021 lao-cai-ctxh bhyt-lao-cai bhyt-toan-quoc registers kich-ban
var FS embed.FS

// Scenario gives the story that the demonstration tells: that of
// ngay-ctxh-2021. It fails only when the files in the binary are not those of
// this package.
func Scenario() (*Story, error) { return Tell(FS, "kich-ban/ngay-ctxh-2021.yaml") }

// broken is the error of a file that does not say what it should.
func broken(name string, faults fault.List) error {
	f := faults[0]
	return fmt.Errorf("%s:%d:%d: %s (%s)", name, f.Line, f.Column, f.EN(), f.Code)
}
