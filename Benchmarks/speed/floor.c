// The least that any compiler of YAML files would have to do, in C: what nines is compared with.
//   floor events FOLDER       reads every file below the folder and takes libyaml's events of it
//   floor read FOLDER         walks and reads, no more
//   floor write FROM TO       reads all files below FROM, then writes the same bytes to the empty folder TO
//   floor run COMMAND…        runs a command without its output
// Prints the milliseconds of the work, of `write` those of writing alone; of `run` the seconds of the clock and of the
// processors, the kilobytes at the most, and the status. A script could not tell the latter: what it uses itself would count.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <yaml.h>

struct file {
  char *path;
  unsigned char *bytes;
  size_t size;
};

static struct file *files;
static size_t count, capacity;

static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void read_file(const char *path) {
  int descriptor = open(path, O_RDONLY);
  struct stat status;
  if (descriptor < 0 || fstat(descriptor, &status)) fail(path);
  if (count == capacity) {
    capacity = capacity ? capacity * 2 : 1024;
    files = realloc(files, capacity * sizeof *files);
  }
  struct file file = {strdup(path), malloc(status.st_size + 1), status.st_size};
  size_t done = 0;
  while (done < file.size) {
    ssize_t got = read(descriptor, file.bytes + done, file.size - done);
    if (got <= 0) fail(path);
    done += got;
  }
  close(descriptor);
  files[count++] = file;
}

static void walk(const char *folder) {
  DIR *stream = opendir(folder);
  if (!stream) fail(folder);
  struct dirent *entry;
  while ((entry = readdir(stream))) {
    if (entry->d_name[0] == '.') continue;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    struct stat status;
    if (lstat(path, &status)) fail(path);
    if (S_ISDIR(status.st_mode)) walk(path);
    else read_file(path);
  }
  closedir(stream);
}

static size_t events(const struct file *file) {
  yaml_parser_t parser;
  yaml_event_t event;
  size_t seen = 0;
  int done = 0;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, file->bytes, file->size);
  while (!done && yaml_parser_parse(&parser, &event)) {
    done = event.type == YAML_STREAM_END_EVENT;
    seen++;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return seen;
}

static void make_folders(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(path, 0777);
    *slash = '/';
  }
}

static void write_all(const char *from, const char *to) {
  for (size_t index = 0; index < count; index++) {
    char path[4096];
    snprintf(path, sizeof path, "%s%s", to, files[index].path + strlen(from));
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (descriptor < 0 && errno == ENOENT) {
      make_folders(path);
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    }
    if (descriptor < 0) fail(path);
    if (write(descriptor, files[index].bytes, files[index].size) != (ssize_t)files[index].size) fail(path);
    close(descriptor);
  }
}

static int run(char **command) {
  double begun = now();
  pid_t child = fork();
  if (child == 0) {
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, 1);
    dup2(nowhere, 2);
    execv(command[0], command);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) < 0) fail(command[0]);
  double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  printf("%.6f %.6f %ld %d\n", (now() - begun) / 1e3, cpu, usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  if (!strcmp(argv[1], "run")) return run(argv + 2);
  double begun = now();
  walk(argv[2]);
  if (!strcmp(argv[1], "events")) {
    for (size_t index = 0; index < count; index++) events(&files[index]);
  } else if (!strcmp(argv[1], "write") && argc > 3) {
    begun = now();
    write_all(argv[2], argv[3]);
  }
  printf("%.3f\n", now() - begun);
  return 0;
}
