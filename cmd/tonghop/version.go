package main

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// release is the version of a release build, set by the linker:
// -ldflags "-X main.release=v1.2.3".
var release = ""

// versionInfo is what this binary is.
type versionInfo struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

func thisVersion() versionInfo {
	v := versionInfo{Version: release, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if v.Version == "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

// details are what a bug report needs besides the version.
func (v versionInfo) details() []string {
	var d []string
	if v.Revision != "" {
		revision := v.Revision[:min(12, len(v.Revision))]
		if v.Modified {
			revision += " with changes"
		}
		d = append(d, revision)
	}
	return append(d, v.Go, v.OS+"/"+v.Arch)
}

func (p *program) version() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Phiên bản (version)",
		Long:    `version says which build this is.`,
		Example: "  tonghop version --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := thisVersion()
			if p.json {
				return p.printJSON(v)
			}
			p.say("tonghop %s (%s)", v.Version, strings.Join(v.details(), ", "))
			return nil
		},
	}
}
