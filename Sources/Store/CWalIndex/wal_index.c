#define _GNU_SOURCE
#include "wal_index.h"

#include <errno.h>
#include <linux/fs.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Stands behind the file of SQLite's own in the memory that SQLite allocates for each file. */
struct behind {
    const sqlite3_io_methods *inner;
    sqlite3_io_methods methods;
};

static sqlite3_vfs *inner_vfs;
static sqlite3_vfs vfs;

static struct behind *behind(sqlite3_file *file) { return (struct behind *)((char *)file + inner_vfs->szOsFile); }

/* Makes the kernel find blocks for the pages now. It answers EFAULT where a write would raise SIGBUS. */
static int populate(volatile void *region, int size) {
    uintptr_t begin = (uintptr_t)region & ~((uintptr_t)sysconf(_SC_PAGESIZE) - 1);
    size_t length = (uintptr_t)region + (uintptr_t)size - begin;
    while (madvise((void *)begin, length, MADV_POPULATE_WRITE) != 0) {
        if (errno == EINTR || errno == EAGAIN) continue;
        /* EINVAL: a mapping that is only read, which nobody writes to, or a kernel before 5.14. */
        return errno == EINVAL ? SQLITE_OK : SQLITE_IOERR_SHMSIZE;
    }
    return SQLITE_OK;
}

static int map(sqlite3_file *file, int region, int size, int extend, volatile void **place) {
    int code = behind(file)->inner->xShmMap(file, region, size, extend, place);
    if (code == SQLITE_OK && *place) code = populate(*place, size);
    /* SQLite would keep the address of a part that it must not write to. */
    if (code != SQLITE_OK) *place = 0;
    return code;
}

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *given) {
    (void)self;
    int code = inner_vfs->xOpen(inner_vfs, name, file, flags, given);
    const sqlite3_io_methods *inner = file->pMethods;
    if (code == SQLITE_OK && inner && inner->iVersion >= 2 && inner->xShmMap) {
        struct behind *own = behind(file);
        own->inner = inner;
        own->methods = *inner;
        own->methods.xShmMap = map;
        file->pMethods = &own->methods;
    }
    return code;
}

int wal_index_keep_allocated(void) {
    int code = sqlite3_initialize();
    if (code != SQLITE_OK) return code;
    inner_vfs = sqlite3_vfs_find(0);
    if (!inner_vfs) return SQLITE_ERROR;
    vfs = *inner_vfs;
    vfs.zName = "allocated";
    vfs.pNext = 0;
    vfs.szOsFile = inner_vfs->szOsFile + (int)sizeof(struct behind);
    vfs.xOpen = open_file;
    return sqlite3_vfs_register(&vfs, 1);
}

void wal_index_overwrite_in_place(int descriptor) {
    int flags = 0;
    if (ioctl(descriptor, FS_IOC_GETFLAGS, &flags) != 0) return;
    flags |= FS_NOCOW_FL;
    ioctl(descriptor, FS_IOC_SETFLAGS, &flags);
}
