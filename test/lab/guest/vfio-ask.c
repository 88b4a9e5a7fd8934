/*
 * vfio-ask NUMBER [BDF [SECONDS]]: what VFIO says of a group.
 *
 * Prints `viable=0` or `viable=1`, then how far a user comes: container, iommu, device, each `ok` or an error number.
 * With SECONDS it keeps the device open for so long after printing. The numbers are those of the kernel's
 * interface to programs, include/uapi/linux/vfio.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define VFIO_SET_IOMMU _IO(';', 102)
#define VFIO_GROUP_GET_STATUS _IO(';', 103)
#define VFIO_GROUP_SET_CONTAINER _IO(';', 104)
#define VFIO_GROUP_GET_DEVICE_FD _IO(';', 106)
#define GROUP_VIABLE 1
#define TYPE1_V2 3

struct group_status {
  uint32_t argsz;
  uint32_t flags;
};

static void say(const char *what, int result) {
  if (result >= 0)
    printf(" %s=ok", what);
  else
    printf(" %s=%d", what, errno);
}

int main(int count, char **words) {
  char path[64];
  struct group_status status = {sizeof status, 0};
  if (count < 2) return 2;
  snprintf(path, sizeof path, "/dev/vfio/%s", words[1]);
  int group = open(path, O_RDWR);
  if (group < 0) {
    printf("open=%d\n", errno);
    return 1;
  }
  if (ioctl(group, VFIO_GROUP_GET_STATUS, &status) < 0) return 1;
  printf("viable=%d", (status.flags & GROUP_VIABLE) != 0);
  int container = open("/dev/vfio/vfio", O_RDWR);
  int joined = ioctl(group, VFIO_GROUP_SET_CONTAINER, &container);
  say("container", joined);
  if (joined >= 0) say("iommu", ioctl(container, VFIO_SET_IOMMU, TYPE1_V2));
  if (joined >= 0 && count > 2) say("device", ioctl(group, VFIO_GROUP_GET_DEVICE_FD, words[2]));
  printf("\n");
  fflush(stdout);
  if (count > 3) sleep((unsigned)atoi(words[3]));
  return 0;
}
