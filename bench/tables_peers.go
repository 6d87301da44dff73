package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The programs of the data bases, as an analyst would write them.
var (
	//go:embed sql/sqlite.py
	sqliteProgram []byte
	//go:embed sql/duckdb.js
	duckDBProgram []byte
	//go:embed sql/postgres.sh
	postgresProgram []byte
)

// duckDB is the version of DuckDB that is measured.
const duckDB = "@duckdb/node-api@1.5.6-r.1"

// tablePeer is a data base that answers question h.
type tablePeer struct {
	name  string
	of    string // what it answers, where it is absent
	needs func() error
	run   func() (reading, error)
}

// tablePeers are the peers of question h: a column store, a row store, and one whose
// totals a trigger keeps, which is given a tenth of the facts: it takes minutes.
func (b *bench) tablePeers(dir, csv string, facts int) []tablePeer {
	modules := filepath.Join(b.dir, "node", "node_modules")
	python := pythonName()
	return []tablePeer{
		{"DuckDB", "every table", func() error { return hasDuckDB(modules) }, func() (reading, error) {
			return runTables(dir, csv, "duckdb.js", duckDBProgram, "NODE_PATH="+modules, "node")
		}},
		{"SQLite", "every table", func() error { return pythonHas(python, "sqlite3") }, func() (reading, error) {
			return runTables(dir, csv, "sqlite.py", sqliteProgram, "", python)
		}},
		{"PostgreSQL, totals by trigger", "load", hasPostgres, func() (reading, error) { return runTrigger(dir, csv, facts) }},
	}
}

func hasDuckDB(modules string) error {
	if _, err := os.Stat(filepath.Join(modules, "@duckdb", "node-api")); err != nil {
		return fmt.Errorf("npm install --prefix %s %s", filepath.Dir(modules), duckDB)
	}
	return nil
}

func hasPostgres() error {
	out, err := exec.Command("pg_config", "--bindir").Output()
	if err != nil {
		return errors.New("no pg_config")
	}
	if _, err := os.Stat(filepath.Join(strings.TrimSpace(string(out)), "initdb")); err != nil {
		return errors.New("no initdb")
	}
	return nil
}

// runTables lets a data base answer every table.
func runTables(dir, csv, name string, program []byte, env string, prog string) (reading, error) {
	script, tables := filepath.Join(dir, name), filepath.Join(dir, "tables.json")
	if err := errors.Join(os.WriteFile(script, program, 0o644), writeTo(tables, writeTables)); err != nil {
		return reading{}, err
	}
	c := exec.Command(prog, script, csv, tables)
	c.Env = append(os.Environ(), env)
	out, r, err := measure(c)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(out, &r.Steps); err != nil {
		return r, fmt.Errorf("%s: %w", name, err)
	}
	for i := range r.Steps {
		slices.Sort(r.Steps[i].Lines) // by bytes, as ours are
	}
	return r, nil
}

// runTrigger lets PostgreSQL keep totals by place while submissions arrive.
func runTrigger(dir, csv string, facts int) (reading, error) {
	script := filepath.Join(dir, "postgres.sh")
	if err := os.WriteFile(script, postgresProgram, 0o644); err != nil {
		return reading{}, err
	}
	out, r, err := measure(exec.Command("sh", script, csv, strconv.Itoa(tablePlaces*tableIndicators(facts))))
	if err != nil {
		return r, err
	}
	first, rest, _ := strings.Cut(string(out), "\n")
	wall, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return r, fmt.Errorf("said %q: %w", first, err)
	}
	kept := strings.Split(strings.TrimSpace(rest), "\n")
	slices.Sort(kept)
	r.Steps = []step{{Name: "load", Wall: wall, Note: "totals by place and indicator alone"}, {Name: "by place", Lines: kept}}
	return r, nil
}
