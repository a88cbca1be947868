#include "limber-cause.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

typedef struct {
  int         code;
  const char *words;
} Cause;

static const Cause of_errno[] = {
  { EIO, N_("the disk does not answer as it should") },
  { ENOSPC, N_("the disk is full") },
  { EDQUOT, N_("there is no room left for this user") },
  { EACCES, N_("this user may not") },
  { EPERM, N_("this user may not") },
  { EROFS, N_("that disk can only be read") },
  { ENOENT, N_("it is not there") },
  { EEXIST, N_("there is something of that name already") },
  { ENOTEMPTY, N_("there is something in it") },
  { ENOTDIR, N_("part of its path is no folder") },
  { EISDIR, N_("it is a folder") },
  { ENAMETOOLONG, N_("its name is too long") },
  { EBUSY, N_("another program is using it") },
  { ETXTBSY, N_("another program is using it") },
  { EXDEV, N_("it would have to go to another disk") },
  { EMFILE, N_("too much is open at once") },
  { ENFILE, N_("too much is open at once") },
  { ENOMEM, N_("this computer has no memory left") },
  { ECONNREFUSED, N_("nothing answers there") },
  { ENODEV, N_("it is not there") },
};

static const Cause of_file[] = {
  { G_FILE_ERROR_IO, N_("the disk does not answer as it should") },
  { G_FILE_ERROR_NOSPC, N_("the disk is full") },
  { G_FILE_ERROR_ACCES, N_("this user may not") },
  { G_FILE_ERROR_PERM, N_("this user may not") },
  { G_FILE_ERROR_ROFS, N_("that disk can only be read") },
  { G_FILE_ERROR_NOENT, N_("it is not there") },
  { G_FILE_ERROR_EXIST, N_("there is something of that name already") },
  { G_FILE_ERROR_NOTDIR, N_("part of its path is no folder") },
  { G_FILE_ERROR_ISDIR, N_("it is a folder") },
  { G_FILE_ERROR_NAMETOOLONG, N_("its name is too long") },
};

static const Cause of_io[] = {
  { G_IO_ERROR_NO_SPACE, N_("the disk is full") },
  { G_IO_ERROR_PERMISSION_DENIED, N_("this user may not") },
  { G_IO_ERROR_READ_ONLY, N_("that disk can only be read") },
  { G_IO_ERROR_NOT_FOUND, N_("it is not there") },
  { G_IO_ERROR_IS_DIRECTORY, N_("it is a folder") },
  { G_IO_ERROR_NOT_DIRECTORY, N_("part of its path is no folder") },
  { G_IO_ERROR_EXISTS, N_("there is something of that name already") },
  { G_IO_ERROR_TIMED_OUT, N_("it took too long to answer") },
  { G_IO_ERROR_CONNECTION_REFUSED, N_("nothing answers there: look whether it is switched on, and the address right") },
  { G_IO_ERROR_HOST_UNREACHABLE, N_("there is no way to it: look whether it is switched on, and the network cable in") },
  { G_IO_ERROR_NETWORK_UNREACHABLE, N_("this computer has no network: look whether its cable is in") },
  { G_IO_ERROR_HOST_NOT_FOUND, N_("no computer of that name is found: look whether this one has a network, and the address right") },
  { G_IO_ERROR_CONNECTION_CLOSED, N_("the line broke off") },
  { G_IO_ERROR_PARTIAL_INPUT, N_("the line broke off") },
  { G_IO_ERROR_PROXY_FAILED, N_("this site's way out to the internet, its proxy, does not answer") },
};

static const char *
find (const Cause *causes, gsize n, int code, const char *otherwise)
{
  for (gsize i = 0; i < n; i++)
    if (causes[i].code == code)
      return _(causes[i].words);
  return otherwise;
}

/**
 * limber_cause_of_errno:
 * @why: what a call to the system has left in errno
 *
 * Returns: (transfer none): the end of a sentence: "the disk is full"
 */
const char *
limber_cause_of_errno (int why)
{
  return find (of_errno, G_N_ELEMENTS (of_errno), why, _("this computer did not let it"));
}

/**
 * limber_cause_of:
 * @why: an error of GLib, GIO or libsoup, or one of ours, whose own words are a person's
 *
 * Returns: (transfer none): the end of a sentence; good for as long as @why is
 */
const char *
limber_cause_of (const GError *why)
{
  if (why->domain == LIMBER_ERROR)
    return why->message;
  if (why->domain == G_FILE_ERROR)
    return find (of_file, G_N_ELEMENTS (of_file), why->code, _("this computer did not let it"));
  if (why->domain == G_TLS_ERROR)
    return _("whoever answers there does not speak as agreed: something else may have its address");
  if (why->domain == G_RESOLVER_ERROR)
    return find (of_io, G_N_ELEMENTS (of_io), G_IO_ERROR_HOST_NOT_FOUND, NULL);
  return find (of_io, G_N_ELEMENTS (of_io), why->domain == G_IO_ERROR ? why->code : -1, _("it did not answer as it should"));
}

static void
set (GError **error, int code, const char *cause, const char *format, va_list arguments)
{
  GError *made;

  if (error == NULL)
    return;
  made = g_error_new_valist (LIMBER_ERROR, code, format, arguments);
  limber_error_set_cause (made, cause);
  g_propagate_error (error, made);
}

/**
 * limber_cause_set_errno:
 * @code: of %LIMBER_ERROR
 * @why: what a call to the system has left in errno
 * @format: for a person, with what limber_cause_of_errno() says of @why
 */
void
limber_cause_set_errno (GError **error, int code, int why, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  set (error, code, g_strerror (why), format, arguments);
  va_end (arguments);
}

/**
 * limber_cause_set:
 * @code: of %LIMBER_ERROR
 * @why: what GLib, GIO or libsoup said
 * @format: for a person, with what limber_cause_of() says of @why
 */
void
limber_cause_set (GError **error, int code, const GError *why, const char *format, ...)
{
  const char *cause = why->domain == LIMBER_ERROR ? limber_error_get_cause (why) : why->message;
  va_list arguments;

  va_start (arguments, format);
  set (error, code, cause, format, arguments);
  va_end (arguments);
}
