package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tonghop/report"
)

// expand puts the files of a folder in its place, sorted by name; lock files of
// office programs and hidden files are left out. A pattern that the shell left
// as it stands, as that of Windows does, is matched here.
func expand(paths []string) ([]string, error) {
	var out []string
	for _, path := range paths {
		matches, err := glob(path)
		if err != nil {
			return nil, err
		}
		for _, m := range matches {
			files, err := filesOf(m)
			if err != nil {
				return nil, err
			}
			out = append(out, files...)
		}
	}
	if len(out) == 0 {
		return nil, inputError{fmt.Errorf("không có tệp nào trong %s", strings.Join(paths, ", "))}
	}
	return out, nil
}

// glob gives what a pattern stands for; anything that exists stands for itself.
func glob(path string) ([]string, error) {
	if _, err := os.Stat(path); err == nil || !strings.ContainsAny(path, "*?[") {
		return []string{path}, nil
	}
	found, err := filepath.Glob(path)
	if err != nil {
		return nil, inputError{fmt.Errorf("%s: %w", path, err)}
	}
	return found, nil
}

// filesOf gives a file itself, and the files of a folder.
func filesOf(path string) ([]string, error) {
	info, err := stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "~$") {
			out = append(out, filepath.Join(path, e.Name()))
		}
	}
	return out, nil
}

// stat is os.Stat of a path that the user gave: one that is not there is the
// user's to mend.
func stat(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, inputError{fmt.Errorf("không có tệp hay thư mục %s", path)}
	}
	return info, err
}

// parseExplanations reads CODE=reason, CODE/RULE=reason for what one rule asks, and
// either with @Sheet!Cell for one cell.
func parseExplanations(args []string) ([]report.Explanation, error) {
	var out []report.Explanation
	for _, a := range args {
		head, reason, ok := strings.Cut(a, "=")
		if !ok {
			return nil, inputError{fmt.Errorf("--explain %q: cần CODE=lý do", a)}
		}
		e := report.Explanation{Reason: strings.TrimSpace(reason)}
		var at string
		e.Code, at, _ = strings.Cut(strings.TrimSpace(head), "@")
		if at != "" {
			i := strings.LastIndex(at, "!")
			if i < 0 {
				return nil, inputError{fmt.Errorf("--explain %q: chỗ ghi là Sheet!Cell", a)}
			}
			e.Sheet, e.Cell = at[:i], at[i+1:]
		}
		if code, _, ofRule := strings.Cut(e.Code, "/"); ofRule {
			e.Code, e.Group = code, e.Code
		}
		out = append(out, e)
	}
	return out, nil
}

// vietnam is the zone in which people are shown times.
var vietnam = time.FixedZone("ICT", 7*60*60)

// clock is a moment for people.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(vietnam).Format("15:04:05 02/01/2006")
}
