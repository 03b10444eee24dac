import Control

extension Metrics {
    mutating func add(_ box: BoxStatus) {
        add(.boxDiskSize, count: box.diskSize)
        add(.boxDiskFree, count: box.diskFree)
        for zone in box.temperatures ?? [] {
            add(.boxTemperature, ["\(zone.zone)", zone.type], real: zone.celsius)
        }
        add(.boxMemorySize, count: box.memorySize)
        add(.boxMemoryAvailable, count: box.memoryAvailable)
        add(.boxUptime, real: box.uptimeSeconds)
        for (minutes, load) in zip(["1", "5", "15"], box.load ?? []) { add(.boxLoad, [minutes], real: load) }
    }

    mutating func add(_ process: ProcessStatus) {
        add(.processCPU, real: process.cpuSeconds)
        add(.processResident, count: process.residentBytes)
        add(.processVirtual, count: process.virtualBytes)
        add(.processFiles, count: process.openFiles)
        add(.processFilesLimit, count: process.openFilesLimit)
        add(.processThreads, count: process.threads)
        add(.processStart, real: process.startSeconds)
    }
}
