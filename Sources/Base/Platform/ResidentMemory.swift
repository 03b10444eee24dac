import CLinux
import Glibc

/// The memory that the process keeps in use.
public enum ResidentMemory {
    /// Releases memory that only the start needed: unchanged pages of the program and its libraries, which the kernel
    /// reloads from their files on access, and free heap. After the start that is most of a small box's share.
    public static func letGo() {
        for mapping in unchangedMappings() { madvise(mapping.baseAddress, mapping.count, MADV_DONTNEED) }
        clinux_trim_heap()
    }

    /// Code mappings without any page of our own, in memory or swapped out; pages that the linker relocated are our
    /// own.
    private static func unchangedMappings() -> [UnsafeMutableRawBufferPointer] {
        guard let file = fopen("/proc/self/smaps", "re") else { return [] }
        defer { fclose(file) }
        var found: [UnsafeMutableRawBufferPointer] = []
        var candidate: UnsafeMutableRawBufferPointer?
        var line: UnsafeMutablePointer<CChar>?
        var room = 0
        defer { free(line) }
        while getline(&line, &room, file) > 0, let line {
            let words = String(cString: line).split(separator: " ", omittingEmptySubsequences: true)
            if words.count == 3, words[0] == "Anonymous:" {
                if words[1] != "0" { candidate = nil }
            } else if words.count == 3, words[0] == "Swap:" {
                if words[1] == "0", let candidate { found.append(candidate) }
                candidate = nil
            } else if words.count >= 6, words[1] == "r-xp", words[5].hasPrefix("/") {
                candidate = range(words[0])
            } else if words.count >= 5, words[1].count == 4 {
                candidate = nil
            }
        }
        return found
    }

    /// Parses `55c0a7e00000-55c0a8000000`.
    private static func range(_ text: Substring) -> UnsafeMutableRawBufferPointer? {
        let ends = text.split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard ends.count == 2, ends[0] < ends[1] else { return nil }
        return UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(bitPattern: ends[0]),
            count: Int(ends[1] - ends[0])
        )
    }
}
