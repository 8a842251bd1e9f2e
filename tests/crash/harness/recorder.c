/* Loaded before the C library (LD_PRELOAD): writes down, in their order, all changes of the files
   in one folder and all waits for the disk, so that a power cut can be played at any point.

   RECORD_FOLDER is the folder, RECORD_LOG the file that is written. What goes past these functions
   (shared memory, say) is not seen: whoever reads the log holds it against the folder as it is. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* As in `recording.py`. */
enum kind { MADE = 1, MADE_FOLDER, WRITTEN, CUT, SYNCED, RENAMED, REMOVED };

struct entry {
    uint32_t kind, path_length;
    uint64_t file, offset, length;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int record = -1;

static void put(const void *data, size_t length) {
    const char *from = data;
    while (length) {
        ssize_t done = syscall(SYS_write, record, from, length);
        if (done < 0) abort();
        from += done;
        length -= done;
    }
}

/* An entry, then its path, then its data where it was written or its other path was renamed to. */
static void note(enum kind kind, uint64_t file, const char *path, uint64_t offset, uint64_t length,
                 const void *data) {
    struct entry entry = {kind, path ? strlen(path) : 0, file, offset, length};
    if (record < 0)
        record = syscall(SYS_openat, AT_FDCWD, getenv("RECORD_LOG"),
                         O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    put(&entry, sizeof entry);
    put(path, entry.path_length);
    if (data) put(data, length);
}

static int inside(const char *path) {
    const char *folder = getenv("RECORD_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return length && !strncmp(path, folder, length) && path[length] == '/';
}

/* The path of an open file, if it is one in the folder. */
static int path_of(int fd, char path[PATH_MAX]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return inside(path);
}

/* The whole path of what is given by a folder and a path in it. */
static int place(int folder, const char *path, char whole[PATH_MAX]) {
    char link[64], at[PATH_MAX];
    if (*path == '/') return snprintf(whole, PATH_MAX, "%s", path), inside(whole);
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, at, PATH_MAX - 1);
    if (length < 0) return 0;
    at[length] = 0;
    return snprintf(whole, PATH_MAX, "%s/%s", at, path) < PATH_MAX && inside(whole);
}

static uint64_t number(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

static int missing(const char *path) { return syscall(SYS_faccessat, AT_FDCWD, path, F_OK) < 0; }

/* Opening makes files, and cuts them to nothing. */
static int opened(int folder, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    if (!(flags & (O_CREAT | O_TRUNC)) || !place(folder, path, whole))
        return syscall(SYS_openat, folder, path, flags, mode);
    pthread_mutex_lock(&turn);
    int new = missing(whole), fd = syscall(SYS_openat, folder, path, flags, mode), error = errno;
    if (fd >= 0 && new) note(MADE, number(fd), whole, 0, 0, NULL);
    else if (fd >= 0 && (flags & O_TRUNC)) note(CUT, number(fd), NULL, 0, 0, NULL);
    pthread_mutex_unlock(&turn);
    return errno = error, fd;
}

#define MODE(flags) ({ va_list more; va_start(more, flags); \
    mode_t mode = (flags) & O_CREAT ? va_arg(more, mode_t) : 0; va_end(more); mode; })

int open(const char *path, int flags, ...) { return opened(AT_FDCWD, path, flags, MODE(flags)); }
int open64(const char *path, int flags, ...) { return opened(AT_FDCWD, path, flags, MODE(flags)); }
int openat(int folder, const char *path, int flags, ...) {
    return opened(folder, path, flags, MODE(flags));
}
int openat64(int folder, const char *path, int flags, ...) {
    return opened(folder, path, flags, MODE(flags));
}

static FILE *stream(const char *name, const char *path, const char *mode) {
    FILE *(*real)(const char *, const char *) = dlsym(RTLD_NEXT, name);
    char whole[PATH_MAX];
    if (*mode == 'r' || !place(AT_FDCWD, path, whole)) return real(path, mode);
    pthread_mutex_lock(&turn);
    int new = missing(whole);
    FILE *file = real(path, mode);
    int error = errno;
    if (file && new) note(MADE, number(fileno(file)), whole, 0, 0, NULL);
    else if (file && *mode == 'w') note(CUT, number(fileno(file)), NULL, 0, 0, NULL);
    pthread_mutex_unlock(&turn);
    return errno = error, file;
}

FILE *fopen(const char *path, const char *mode) { return stream("fopen", path, mode); }
FILE *fopen64(const char *path, const char *mode) { return stream("fopen64", path, mode); }

/* Calls something that changes an open file, and notes what `NOTED` says if it did. */
#define CHANGING(fd, CALL, NOTED) \
    char path[PATH_MAX]; \
    if (!path_of(fd, path)) return CALL; \
    pthread_mutex_lock(&turn); \
    ssize_t done = CALL; \
    int error = errno; \
    if (done >= 0) { NOTED; } \
    pthread_mutex_unlock(&turn); \
    return errno = error, done

static uint64_t after(int fd) { return syscall(SYS_lseek, fd, 0, SEEK_CUR); }

ssize_t write(int fd, const void *data, size_t size) {
    CHANGING(fd, syscall(SYS_write, fd, data, size),
             note(WRITTEN, number(fd), NULL, after(fd) - done, done, data));
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    CHANGING(fd, syscall(SYS_pwrite64, fd, data, size, offset),
             note(WRITTEN, number(fd), NULL, offset, done, data));
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    return pwrite64(fd, data, size, offset);
}

static void note_parts(int fd, const struct iovec *parts, int count, ssize_t done) {
    uint64_t offset = after(fd) - done;
    for (int part = 0; part < count && done > 0; part++) {
        size_t length = parts[part].iov_len < (size_t)done ? parts[part].iov_len : (size_t)done;
        note(WRITTEN, number(fd), NULL, offset, length, parts[part].iov_base);
        offset += length;
        done -= length;
    }
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    CHANGING(fd, syscall(SYS_writev, fd, parts, count), note_parts(fd, parts, count, done));
}

int ftruncate64(int fd, off64_t length) {
    CHANGING(fd, syscall(SYS_ftruncate, fd, length), note(CUT, number(fd), NULL, 0, length, NULL));
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int fsync(int fd) {
    CHANGING(fd, syscall(SYS_fsync, fd), note(SYNCED, number(fd), path, 0, 0, NULL));
}

int fdatasync(int fd) {
    CHANGING(fd, syscall(SYS_fdatasync, fd), note(SYNCED, number(fd), path, 0, 0, NULL));
}

/* What a stream holds back reaches its file inside the C library: then all of that is noted anew. */
static void note_whole(int fd, const char *path) {
    char data[1 << 16];
    uint64_t offset = 0;
    int again = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    for (ssize_t got; again >= 0 && (got = syscall(SYS_pread64, again, data, sizeof data, offset)) > 0;
         offset += got)
        note(WRITTEN, number(fd), NULL, offset, got, data);
    if (again >= 0) syscall(SYS_close, again);
}

int fflush(FILE *file) {
    int (*real)(FILE *) = dlsym(RTLD_NEXT, "fflush");
    char path[PATH_MAX];
    if (!file || !path_of(fileno(file), path)) return real(file);
    pthread_mutex_lock(&turn);
    int done = real(file), error = errno;
    note_whole(fileno(file), path);
    pthread_mutex_unlock(&turn);
    return errno = error, done;
}

int fclose(FILE *file) {
    int (*real)(FILE *) = dlsym(RTLD_NEXT, "fclose");
    char path[PATH_MAX];
    if (path_of(fileno(file), path)) fflush(file);
    return real(file);
}

#define NAMING(folder, name, CALL, NOTED) \
    char whole[PATH_MAX]; \
    if (!place(folder, name, whole)) return CALL; \
    pthread_mutex_lock(&turn); \
    int done = CALL, error = errno; \
    if (done == 0) { NOTED; } \
    pthread_mutex_unlock(&turn); \
    return errno = error, done

int unlinkat(int folder, const char *path, int flags) {
    NAMING(folder, path, syscall(SYS_unlinkat, folder, path, flags),
           note(REMOVED, 0, whole, 0, 0, NULL));
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
    int done = unlink(path);
    return done && errno == EISDIR ? rmdir(path) : done;
}

int mkdirat(int folder, const char *path, mode_t mode) {
    NAMING(folder, path, syscall(SYS_mkdirat, folder, path, mode),
           note(MADE_FOLDER, 0, whole, 0, 0, NULL));
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int renameat(int from, const char *path, int to, const char *other) {
    char onto[PATH_MAX];
    place(to, other, onto);
    NAMING(from, path, syscall(SYS_renameat2, from, path, to, other, 0),
           note(RENAMED, 0, whole, 0, strlen(onto), onto));
}

int rename(const char *path, const char *other) {
    return renameat(AT_FDCWD, path, AT_FDCWD, other);
}
