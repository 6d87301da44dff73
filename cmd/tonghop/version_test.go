package main

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestVersionOf(t *testing.T) {
	vcs := []debug.BuildSetting{
		{Key: "vcs.revision", Value: "d2a99d760d8a53ae9b853d567c4457d7836939cb"},
		{Key: "vcs.time", Value: "2026-11-28T23:13:28Z"}, {Key: "vcs.modified", Value: "true"},
	}
	for _, c := range []struct {
		name, release, module string
		settings              []debug.BuildSetting
		want                  string
	}{
		{"a release", "v1.2.3", "(devel)", vcs, "v1.2.3 d2a99d760d8a, có sửa (with changes), go"},
		{"installed by version", "", "v1.2.3", nil, "v1.2.3 go"},
		{"built in a checkout", "", "(devel)", vcs, "d2a99d760d8a 2026-11-28 có sửa (with changes), go"},
		{"built in a checkout without a tag", "", "v0.0.0-20261128231328-d2a99d760d8a+dirty", vcs, "d2a99d760d8a 2026-11-28 có sửa (with changes), go"},
		{"built where nothing is known", "", "(devel)", nil, "(devel) go"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := versionOf(c.release, &debug.BuildInfo{Main: debug.Module{Version: c.module}, Settings: c.settings})
			if got := v.Version + " " + strings.Join(v.details(), ", "); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if v := versionOf("", nil); v.Version != "" || v.Go == "" {
		t.Errorf("without build information: %+v", v)
	}
}
