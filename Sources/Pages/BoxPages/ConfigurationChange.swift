package import Control
import Domain

/// What the gateway runs with, beside what stands in the files now.
package struct ConfigurationChange: Sendable {
    package enum Line: Hashable, Sendable {
        case same(String)
        /// It is in force, and no longer in the file.
        case running(String)
        /// It is in the file, and not in force yet.
        case onDisk(String)
    }

    package struct File: Sendable {
        package var path: String
        /// Nil where this process may not read it.
        package var lines: [Line]?
    }

    package let files: [File]

    /// - Parameter read: the text of a file now; nil where it cannot be read.
    package init(_ running: ConfigurationText, reading read: (String) -> String?) {
        files = running.files.map { file in
            File(path: file.path, lines: read(file.path).map { Self.lines(file.text, $0) })
        }
    }

    package var isSame: Bool {
        files.allSatisfy { file in
            file.lines?.allSatisfy { line in
                if case .same = line { return true }
                return false
            } ?? true
        }
    }

    private static func lines(_ running: String, _ disk: String) -> [Line] {
        let before = running.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = disk.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let difference = after.difference(from: before)
        var removed = Set<Int>()
        var inserted: [Int: String] = [:]
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, let line, _): inserted[offset] = line
            }
        }
        var lines: [Line] = []
        var new = 0
        for (old, line) in before.enumerated() {
            if removed.contains(old) {
                lines.append(.running(line))
                continue
            }
            while let added = inserted[new] {
                lines.append(.onDisk(added))
                new += 1
            }
            lines.append(.same(line))
            new += 1
        }
        while let added = inserted[new] {
            lines.append(.onDisk(added))
            new += 1
        }
        return lines
    }
}
