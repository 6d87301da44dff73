package spec_test

import (
	"slices"
	"strings"
	"testing"

	"tonghop/internal/spec"
	"tonghop/report/fault"
)

// TestMatrixIsBounded: the cells of a matrix are its rows times its columns, which
// must not be more than can be looked through.
func TestMatrixIsBounded(t *testing.T) {
	const head = "definition: d\nversion: '1'\ntitle: M\nindicators: [{code: R1.C1, name: A, type: int}]\nsheets:\n  - sheet: B\n    shape: matrix\n"
	for _, tt := range []struct {
		name          string
		rows, columns int
		want          bool // refused for its size
	}{
		{"as large as may be", 5000, 200, false},
		{"too many rows", 5001, 1, true},
		{"too many columns", 1, 201, true},
		{"both", 20_000, 20_000, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := head + "    rows: [" + strings.Repeat("{code: R1, name: A},", tt.rows) + "]\n    columns: [" + strings.Repeat("{code: C1, header: [A]},", tt.columns) + "]\n"
			_, faults := spec.Parse("x.yaml", []byte(text), nil)
			got := slices.ContainsFunc(faults, func(f fault.Fault) bool { return f.Code == fault.DocumentTooLarge })
			if got != tt.want {
				t.Errorf("too large: %t, want %t", got, tt.want)
			}
		})
	}
}
