import Foundation

/// A process's use of descriptors, threads, mappings and memory.
struct ProcessFigures {
    let descriptors: Int
    let threads: Int
    let mappings: Int
    let kibibytes: Int

    init(of process: Int32) throws {
        let folder = "/proc/\(process)"
        let status = try String(contentsOfFile: folder + "/status", encoding: .utf8)
        func number(_ key: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(key + ":") } ?? ""
            return Int(line.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "") ?? 0
        }
        descriptors = try FileManager.default.contentsOfDirectory(atPath: folder + "/fd").count
        threads = number("Threads")
        kibibytes = number("VmRSS")
        mappings = try String(contentsOfFile: folder + "/maps", encoding: .utf8).split(separator: "\n").count
    }
}
