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
	info, _ := debug.ReadBuildInfo()
	return versionOf(release, info)
}

// shortRevision is how many characters of a revision people are shown.
const shortRevision = 12

// versionOf says which build it is, from what the linker and the toolchain wrote
// into it (info may be nil). A build of a checkout has no release: there it is the
// revision and its day.
func versionOf(release string, info *debug.BuildInfo) versionInfo {
	v := versionInfo{Version: release, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	if info == nil {
		return v
	}
	var at string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.time":
			at = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	switch {
	case v.Version != "":
	case v.Revision != "" && isUnreleased(info.Main.Version):
		day, _, _ := strings.Cut(at, "T")
		v.Version = strings.TrimSpace(v.short() + " " + day)
	default:
		v.Version = info.Main.Version
	}
	return v
}

// isUnreleased reports whether a module version says no more than the revision:
// that of a build by path, or one made up from the revision where there is no tag.
func isUnreleased(version string) bool {
	return version == "" || version == "(devel)" || strings.HasPrefix(version, "v0.0.0-")
}

// short is the revision as people write it.
func (v versionInfo) short() string { return v.Revision[:min(shortRevision, len(v.Revision))] }

// details are what a bug report needs besides the version.
func (v versionInfo) details() []string {
	var d []string
	if v.Revision != "" && !strings.HasPrefix(v.Version, v.short()) {
		d = append(d, v.short())
	}
	if v.Modified {
		d = append(d, "có sửa (with changes)")
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
