import Domain

extension ProfileText {
    /// The table of docs/devices.md.
    public static func markdown(_ profiles: [Profile]) -> [String] {
        var lines = ["| profile | device | measures | over | points |", "|---|---|---|---|---|"]
        for profile in profiles {
            let points = profile.publicPoints.map { index in
                let point = profile.points[index]
                return "`\(point.name)`" + (point.publishedUnit.map { " (\($0))" } ?? "")
            }
            let events = profile.events.map { "event `\($0.name)`" }
            lines.append(
                "| `\(profile.id)` | \(profile.name) | \(profile.measures.rawValue) | "
                    + "\(access(profile)) | \((points + events).joined(separator: ", ")) |"
            )
        }
        return lines
    }
}
