package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
)

// peer is a program that reads a folder of workbooks and writes the summary by
// agency and district.
type peer struct {
	name   string
	needs  func() error // nil when it can run
	prog   string
	args   []string
	env    []string
	reader bool // measured in question b as well
	most   int  // workbooks it is given: it takes minutes for more; 0: any number
}

// folderPeers are the peers of ../shared/bench, the slowest last.
func (b *bench) folderPeers() ([]peer, error) {
	shared, err := b.sharedBench()
	if err != nil {
		return nil, err
	}
	python := pythonName()
	script := func(name string) []string { return []string{filepath.Join(shared, name)} }
	modules := b.nodeModules(shared)
	excelize := filepath.Join(b.dir, "excelize-rollup")
	built := func() error { _, err := b.goBuild(filepath.Join(shared, "excelize"), "excelize-rollup"); return err }
	has := func(modules string) func() error {
		return func() error { return pythonHas(python, modules) }
	}
	quiet := []string{"PYTHONWARNINGS=ignore"}
	cpus := strconv.Itoa(runtime.NumCPU())
	return []peer{
		{name: "excelize, 1 worker", needs: built, prog: excelize, args: []string{"-p", "1"}, reader: true},
		{name: "excelize, " + cpus + " workers", needs: built, prog: excelize, args: []string{"-p", cpus}},
		{name: "SheetJS", needs: func() error { return hasSheetJS(modules) }, prog: "node",
			args: script(filepath.Join("node", "sheetjs_rollup.js")), env: []string{"NODE_PATH=" + modules}},
		{name: "openpyxl", needs: has("openpyxl"), prog: python, args: script("openpyxl_rollup.py"), env: quiet, reader: true},
		{name: "pandas + openpyxl", needs: has("pandas, openpyxl"), prog: python, args: script("pandas_rollup.py"), env: quiet},
		{name: "LibreOffice to CSV", needs: hasOffice, prog: "sh", args: script("libreoffice_rollup.sh"),
			env: []string{"PYTHON=" + python}, most: 200},
	}, nil
}

// pythonHas asks a Python for modules.
func pythonHas(python, modules string) error {
	if exec.Command(python, "-c", "import "+modules).Run() != nil {
		return errors.New(python + " has no " + modules)
	}
	return nil
}

// sheetJS is the version of SheetJS that ../shared/bench names.
const sheetJS = "xlsx@0.18.5"

// nodeModules is where SheetJS is looked for: beside its script, and in the
// folder of this run.
func (b *bench) nodeModules(shared string) string {
	modules := filepath.Join(shared, "node", "node_modules")
	if hasSheetJS(modules) == nil {
		return modules
	}
	return filepath.Join(b.dir, "node", "node_modules")
}

func hasSheetJS(modules string) error {
	if _, err := os.Stat(filepath.Join(modules, "xlsx")); err != nil {
		return fmt.Errorf("npm install --prefix %s %s", filepath.Dir(modules), sheetJS)
	}
	return nil
}

func hasOffice() error {
	if _, err := exec.LookPath("soffice"); err != nil {
		return errors.New("no soffice")
	}
	return nil
}

// pythonName is the Python that has the peers' modules: the system's own.
func pythonName() string {
	if p := os.Getenv("PYTHON"); p != "" {
		return p
	}
	if _, err := os.Stat("/usr/bin/python3"); err == nil {
		return "/usr/bin/python3"
	}
	return "python3"
}

// run lets a peer roll up a folder and fingerprints its summary.
func (b *bench) runPeer(p peer, folder, out string) (reading, error) {
	c := exec.Command(p.prog, append(append([]string{}, p.args...), folder, out)...)
	c.Env = append(os.Environ(), p.env...)
	_, r, err := measure(c)
	if err != nil {
		return r, err
	}
	r.Figures, err = b.dumpHash(out)
	return r, err
}

// dumpHash fingerprints a peer's summary in the form all are compared in; "" when
// the program that reads it is absent.
func (b *bench) dumpHash(summary string) (string, error) {
	shared, err := b.sharedBench()
	if err != nil {
		return "", err
	}
	if exec.Command(pythonName(), "-c", "import openpyxl").Run() != nil {
		return "", nil
	}
	text, _, err := measure(exec.Command(pythonName(), filepath.Join(shared, "dump.py"), summary))
	return fingerprint(text), err
}

// fingerprint is the beginning of the SHA-256 of a canonical text.
func fingerprint(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}
