package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"
)

// Props is what a workbook says about itself (File > Info in Excel).
type Props struct {
	Title       string
	Subject     string
	Creator     string
	Company     string
	Description string

	// Created is stamped into the file, in UTC and to the second. The writer
	// never asks the clock (law 6), so it must be given.
	Created time.Time

	// Custom are further properties by name, written in the order of their
	// names. They travel with the file unseen: request, version, agency.
	Custom map[string]string
}

// Book is a workbook being written.
//
// A Book takes values and gives bytes: the same calls give the same bytes
// (law 6), on every machine and in every run. Cells may be set in any order;
// a sheet too large to hold is released row by row with [Worksheet.Done].
//
// A call that cannot be honoured (a text too long for a cell, a number that
// Excel would round) does not return an error of its own: the first one is
// kept and comes out of [Book.Bytes] and [Book.WriteTo], with sheet and cell,
// and then there is no file. Nothing is ever cut or rounded to fit (law 5).
//
// A Book is not for concurrent use. Different Books are independent.
type Book struct {
	props  Props
	sheets []*Worksheet
	names  []Name
	styles styleTable
	err    error
}

// Name is a defined name of the whole workbook.
type Name struct {
	Name   string
	Refers string // what it stands for: a range from [Worksheet.Ref], or a formula without "="
	Hidden bool   // not shown in Excel's name box: a mark for our own reader
}

// ErrNoSheet says that a workbook has no sheet a reader could see. Excel
// refuses to open such a file.
var ErrNoSheet = errors.New("workbook has no visible sheet")

// ErrNoDate says that Props.Created was not given.
var ErrNoDate = errors.New("workbook has no date of creation")

// NewBook starts an empty workbook.
func NewBook(props Props) *Book {
	return &Book{props: props, styles: newStyleTable()}
}

// Sheet adds a worksheet after those already there. Names are unique without
// regard to case, at most 31 characters, and free of : \ / ? * [ ].
func (b *Book) Sheet(name string) *Worksheet {
	s := newSheet(b, name)
	if err := checkSheetName(name, b.sheets); err != nil {
		b.fail(fmt.Errorf("sheet %q: %w", name, err))
	}
	b.sheets = append(b.sheets, s)
	return s
}

// Define adds a defined name that is good in the whole workbook.
func (b *Book) Define(n Name) {
	b.names = append(b.names, n)
}

// Bytes builds the workbook. It may be called again and gives the same bytes.
func (b *Book) Bytes() ([]byte, error) {
	var buf bytes.Buffer
	if _, err := b.WriteTo(&buf); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// WriteTo builds the workbook into w. When it returns an error, what w holds
// is not a workbook. Rows still open are finished as by [Worksheet.Done].
func (b *Book) WriteTo(w io.Writer) (int64, error) {
	for _, s := range b.sheets {
		s.Done(MaxRows)
	}
	if err := b.check(); err != nil {
		return 0, err
	}
	parts, err := b.parts()
	if err != nil {
		return 0, err
	}
	counted := &countingWriter{w: w}
	err = writeArchive(counted, parts)
	return counted.n, err
}

// check tells what keeps the book as a whole from being written.
func (b *Book) check() error {
	if b.err != nil {
		return b.err
	}
	if b.props.Created.IsZero() {
		return ErrNoDate
	}
	for _, s := range b.sheets {
		if s.View.Visibility == Visible {
			return nil
		}
	}
	return ErrNoSheet
}

// fail keeps the first error.
func (b *Book) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// countingWriter counts what went through it, as io.WriterTo must tell.
type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
