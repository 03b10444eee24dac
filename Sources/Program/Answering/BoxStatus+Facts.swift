import Control
import Platform

extension BoxStatus {
    /// - Parameter folder: the storage folder.
    init(_ facts: BoxFacts, folder: String) {
        let disk = facts.disk(of: folder)
        let memory = facts.memory
        let zones = facts.temperatures.map { Zone(zone: $0.number, type: $0.type, celsius: $0.celsius) }
        self.init(
            diskSize: disk?.size,
            diskFree: disk?.free,
            temperatures: zones.isEmpty ? nil : zones,
            memorySize: memory?.size,
            memoryAvailable: memory?.available,
            uptimeSeconds: facts.uptime,
            load: facts.load
        )
    }
}

extension ProcessStatus {
    init(_ facts: ProcessFacts) {
        self.init(
            cpuSeconds: facts.cpu,
            residentBytes: facts.resident,
            virtualBytes: facts.virtual,
            openFiles: facts.openFiles,
            openFilesLimit: facts.openFilesLimit,
            threads: facts.threads,
            startSeconds: facts.start
        )
    }
}
