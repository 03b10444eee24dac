import Glibc

/// The two files of a record: the text for people, and the JSON that `gateway verify` reads.
struct RecordFiles {
    let text: String
    let json: String

    /// A file that a person named; the JSON stands beside it.
    init(named file: String) {
        text = file
        json = file + ".json"
    }

    private init(base: String) {
        text = base + ".txt"
        json = base + ".json"
    }

    /// The first free names by device and day: `flow-1-2026-11-28.txt`, then `flow-1-2026-11-28-2.txt`.
    static func free(in folder: String, device: String, day: String) -> RecordFiles {
        var number = 1
        while true {
            let files = RecordFiles(base: "\(folder)/\(device)-\(day)" + (number == 1 ? "" : "-\(number)"))
            if files.taken == nil { return files }
            number += 1
        }
    }

    /// The file that is there already; nil if both names are free.
    var taken: String? {
        var status = stat()
        return [text, json].first { lstat($0, &status) == 0 }
    }

    /// The JSON of a record that a person names by either file.
    static func json(of record: String) -> String {
        if record.hasSuffix(".json") { return record }
        let beside = record.hasSuffix(".txt") ? String(record.dropLast(4)) + ".json" : record + ".json"
        return access(record + ".json", F_OK) == 0 || access(beside, F_OK) != 0 ? record + ".json" : beside
    }
}
