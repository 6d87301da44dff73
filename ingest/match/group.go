package match

import (
	"strings"

	"tonghop/ingest/viet"
)

// groups are the country and its statistical regions, as they are called now
// and were; the register has no code for them. The first name is the one given.
var groups = func() map[string]string {
	out := map[string]string{}
	for _, names := range [][]string{
		{"Cả nước", "Toàn quốc", "Việt Nam", "Whole country", "Viet Nam", "Vietnam"},
		{"Đồng bằng sông Hồng", "Đồng bằng Bắc Bộ", "ĐBSH", "ĐB sông Hồng", "Red River Delta"},
		{"Trung du và miền núi phía Bắc", "Miền núi phía Bắc", "Trung du và miền núi Bắc Bộ", "Trung du miền núi phía Bắc", "TDMN phía Bắc", "Miền núi và trung du Bắc Bộ",
			"Northern midlands and mountain areas", "Northern midlands and mountainous areas", "Northern midland and mountain areas", "Northern uplands"},
		{"Đông Bắc", "Đông Bắc Bộ", "North East", "Northeast"},
		{"Tây Bắc", "Tây Bắc Bộ", "North West", "Northwest"},
		{"Bắc Trung Bộ và Duyên hải miền Trung", "Bắc Trung Bộ và DH miền Trung", "Bắc Trung Bộ, Duyên hải miền Trung", "Bắc T.Bộ và DH miền Trung", "Duyên hải miền Trung", "Miền Trung và Duyên hải",
			"North Central and Central coastal areas", "North Central area and Central coastal area", "Northern Central area and Central coastal area", "North Central and Central coastal area",
			"Northern Central and Central coastal areas"},
		{"Bắc Trung Bộ", "North Central Coast", "North Central", "Northern Central area"},
		{"Duyên hải Nam Trung Bộ", "Nam Trung Bộ", "DH Nam Trung Bộ", "South Central Coast", "South Central coastal area"},
		{"Duyên hải Nam Trung Bộ và Tây Nguyên", "Nam Trung Bộ và Tây Nguyên", "South Central Coast and Central Highlands"},
		{"Tây Nguyên", "Central Highlands"},
		{"Đông Nam Bộ", "ĐNB", "South East", "Southeast", "South East region"},
		{"Đồng bằng sông Cửu Long", "ĐBSCL", "ĐB sông Cửu Long", "Tây Nam Bộ", "Mekong River Delta", "Mekong Delta"},
		{"Miền Bắc"}, {"Miền Trung"}, {"Miền Nam"},
	} {
		for _, text := range names {
			key := viet.Key(text)
			out[key], out[unmarked(key)] = names[0], names[0]
		}
	}
	return out
}()

// groupOf gives the group that a key names, "" when it names none.
func groupOf(key string) string {
	for _, word := range groupWords {
		key = strings.TrimPrefix(key, word+" ")
	}
	return groups[key]
}

// groupWords may stand before the name of a group.
var groupWords = keyList("vùng", "khu vực", "các tỉnh", "các tỉnh vùng")
