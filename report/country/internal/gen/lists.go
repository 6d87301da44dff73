package main

import (
	"encoding/csv"
	"fmt"
	"io/fs"
)

// row is one row of a list by the heads of its columns.
type row map[string]string

// Lists are the public lists: the units before and since July 2025, and what
// became of each.
type Lists struct {
	OldProvinces, OldDistricts, OldCommunes []row
	NewProvinces, NewCommunes               []row
	ProvinceMap, CommuneMap                 []row
}

// Read reads the lists from a folder.
func Read(folder fs.FS) (*Lists, error) {
	var l Lists
	for _, f := range []struct {
		name string
		into *[]row
	}{
		{"pre2025_provinces.csv", &l.OldProvinces},
		{"pre2025_districts.csv", &l.OldDistricts},
		{"pre2025_communes.csv", &l.OldCommunes},
		{"post2025_provinces.csv", &l.NewProvinces},
		{"post2025_communes.csv", &l.NewCommunes},
		{"map_provinces_63_to_34.csv", &l.ProvinceMap},
		{"map_communes_pre2025_to_post2025.csv", &l.CommuneMap},
	} {
		rows, err := readList(folder, f.name)
		if err != nil {
			return nil, err
		}
		*f.into = rows
	}
	return &l, nil
}

func readList(folder fs.FS, name string) ([]row, error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // read only
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(records) < 2 {
		return nil, fmt.Errorf("%s: no rows", name)
	}
	rows := make([]row, 0, len(records)-1)
	for _, record := range records[1:] {
		r := make(row, len(record))
		for i, cell := range record {
			r[records[0][i]] = cell
		}
		rows = append(rows, r)
	}
	return rows, nil
}
