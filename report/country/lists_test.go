package country

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// listed reads a public list of units that lies beside the project, or skips the
// test by its name.
func listed(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join("../../../shared/data/registers", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("../shared/data/registers/%s is absent", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		out = append(out, row)
	}
	return out
}

// TestLists holds the register against the lists row by row.
func TestLists(t *testing.T) {
	for _, tt := range []struct {
		name, on, parent string
		level            Level
	}{
		{"pre2025_provinces.csv", "2025-06-30", "", Province},
		{"pre2025_districts.csv", "2025-06-30", "province_code", District},
		{"pre2025_communes.csv", "2025-06-30", "district_code", Commune},
		{"post2025_provinces.csv", "2026-07-01", "", Province},
		{"post2025_communes.csv", "2026-07-01", "province_code", Commune},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows, m := listed(t, tt.name), On(day(tt.on))
			if len(rows) != m.Count(tt.level) {
				t.Errorf("%d rows, %d units", len(rows), m.Count(tt.level))
			}
			for _, row := range rows {
				u := m.Unit(row["code"])
				if u == nil {
					t.Errorf("no unit %s", row["code"])
					continue
				}
				if !strings.EqualFold(u.FullName(), row["full_name"]) || !strings.EqualFold(u.Name, row["name"]) || u.Parent != row[tt.parent] || u.Level != tt.level {
					t.Errorf("%+v is listed as %v", u, row)
				}
			}
		})
	}
}

// TestSuccessionLists holds what became of each unit against the lists. One code
// is another there than in the list of the new units: Ba Chẽ, 06970 for 06978.
func TestSuccessionLists(t *testing.T) {
	before := On(day("2025-06-30"))
	want := map[string][]string{}
	for _, row := range listed(t, "map_communes_pre2025_to_post2025.csv") {
		if old := row["old_commune_code"]; old != "" {
			want[old] = append(want[old], strings.Replace(row["new_commune_code"], "06970", "06978", 1))
		}
	}
	for _, row := range listed(t, "map_provinces_63_to_34.csv") {
		want[row["old_code"]] = []string{row["new_code"]}
	}
	if len(want) != 10035+63 {
		t.Errorf("%d units became something", len(want))
	}
	for code, codes := range want {
		var got []string
		for _, u := range before.Unit(code).Successors() {
			got = append(got, u.Code)
		}
		slices.Sort(codes)
		if codes = slices.Compact(codes); !slices.Equal(got, codes) {
			t.Errorf("%s became %v, is listed as %v", code, got, codes)
		}
	}
}
