package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"tonghop/report/fault"
)

// entry is one fault as faults.yaml writes it.
type entry struct {
	Code       string         `yaml:"code"`
	Name       string         `yaml:"name"`
	Severity   string         `yaml:"severity"`
	Params     []string       `yaml:"params"`
	VI         string         `yaml:"vi"`
	EN         string         `yaml:"en"`
	FixVI      string         `yaml:"fixVI"`
	FixEN      string         `yaml:"fixEN"`
	Example    map[string]any `yaml:"example"`
	Retired    bool           `yaml:"retired"`
	ReplacedBy string         `yaml:"replacedBy"`
}

// Parse reads the catalogue strictly and returns it in the order of codes. It checks
// only what it needs to write Go; what makes a good entry is a test of package fault.
func Parse(source []byte) ([]fault.Info, error) {
	var entries []entry
	if err := yaml.NewDecoder(bytes.NewReader(source), yaml.Strict()).Decode(&entries); err != nil {
		return nil, err
	}
	infos := make([]fault.Info, 0, len(entries))
	var errs []error
	for _, e := range entries {
		info, err := e.info()
		if err != nil {
			errs = append(errs, fmt.Errorf("%s %s: %w", e.Code, e.Name, err))
		}
		infos = append(infos, info)
	}
	slices.SortStableFunc(infos, func(a, b fault.Info) int { return cmp.Compare(a.Code, b.Code) })
	return infos, errors.Join(append(errs, unique(infos))...)
}

func (e entry) info() (fault.Info, error) {
	info := fault.Info{
		Code: fault.Code(e.Code), Name: e.Name, Severity: fault.Severity(e.Severity),
		VI: e.VI, EN: e.EN, FixVI: e.FixVI, FixEN: e.FixEN,
		Retired: e.Retired, ReplacedBy: fault.Code(e.ReplacedBy),
	}
	if !slices.Contains(fault.Severities(), info.Severity) {
		return info, fmt.Errorf("no severity %q", e.Severity)
	}
	for _, p := range e.Params {
		name, kind, found := strings.Cut(p, ":")
		if !found {
			kind = string(fault.Text)
		}
		if !slices.Contains([]fault.Kind{fault.Text, fault.Number, fault.Date}, fault.Kind(kind)) {
			return info, fmt.Errorf("parameter %s: no kind %q", name, kind)
		}
		info.Params = append(info.Params, fault.Param{Name: name, Kind: fault.Kind(kind)})
	}
	for _, name := range slices.Sorted(maps.Keys(e.Example)) {
		arg, err := exampleArg(name, e.Example[name])
		if err != nil {
			return info, err
		}
		info.Example = append(info.Example, arg)
	}
	return info, nil
}

// exampleArg takes a string, or a pair of strings under vi and en. A bare number is
// refused: YAML would drop leading zeros and trailing digits of it.
func exampleArg(name string, value any) (fault.Arg, error) {
	switch v := value.(type) {
	case string:
		return fault.A(name, v), nil
	case map[string]any:
		vi, okVI := v["vi"].(string)
		en, okEN := v["en"].(string)
		if okVI && okEN && len(v) == 2 {
			return fault.Both(name, vi, en), nil
		}
	}
	return fault.Arg{}, fmt.Errorf("example %s: %v must be a quoted text or a pair of vi and en", name, value)
}

func unique(infos []fault.Info) error {
	codes, names := map[fault.Code]bool{}, map[string]bool{}
	var errs []error
	for _, info := range infos {
		if codes[info.Code] {
			errs = append(errs, fmt.Errorf("code %s stands there twice", info.Code))
		}
		if names[info.Name] {
			errs = append(errs, fmt.Errorf("name %s stands there twice", info.Name))
		}
		codes[info.Code], names[info.Name] = true, true
	}
	return errors.Join(errs...)
}
