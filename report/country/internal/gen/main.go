// Command gen writes report/country/units.txt from public lists of the country's
// administrative units. It is run by go generate in report/country; where the
// lists are not at hand it leaves the table as it is and says so.
//
// The lists give codes, types, names and what became of each unit. What they do
// not give, because they show one day each, stands in amendments.go with its
// act.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// tablePath is the table as seen from report/country.
const tablePath = "units.txt"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("which folder holds the lists?")
	}
	lists, err := Read(os.DirFS(args[0]))
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(os.Stderr, "gen: %v: %s stays as it is\n", err, tablePath)
		return nil
	}
	if err != nil {
		return err
	}
	text, err := Table(lists)
	if err != nil {
		return err
	}
	return os.WriteFile(tablePath, text, 0o644)
}
