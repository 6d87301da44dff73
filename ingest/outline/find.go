package outline

import (
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
)

// find says what is wrong with the tables of a sheet.
func (f *File) find(s *sheet.Sheet, tables []*table.Table) {
	_, _ = s, tables
}
