#include "limber-kiosk-pulse.h"

#include <fcntl.h>
#include <gtk/gtk.h>
#include <string.h>
#include <unistd.h>

/* Between two looks whether the screen has been drawn. */
#define LOOK_MILLISECONDS 5

/* The keeper's pipe; a keeper that does not read makes nobody wait. */
static int
keeper (void)
{
  static int fd = -2;
  const char *said = g_getenv (LIMBER_KIOSK_PULSE_VARIABLE);
  guint64 number;

  if (fd != -2)
    return fd;
  fd = said != NULL && g_ascii_string_to_unsigned (said, 10, 3, 1000, &number, NULL) && fcntl ((int) number, F_SETFD, FD_CLOEXEC) == 0 ? (int) number : -1;
  if (fd >= 0)
    fcntl (fd, F_SETFL, O_NONBLOCK);
  g_unsetenv (LIMBER_KIOSK_PULSE_VARIABLE);
  return fd;
}

static void
tell (const char *line, gsize length)
{
  if (keeper () >= 0 && write (keeper (), line, length) != (gssize) length)
    g_debug ("The keeper was not told");
}

static gboolean
beat (gpointer data)
{
  tell (LIMBER_KIOSK_PULSE_ALIVE "\n", sizeof LIMBER_KIOSK_PULSE_ALIVE);
  return G_SOURCE_CONTINUE;
}

/* Whether the first window has been drawn. */
static gboolean
is_drawn (void)
{
  g_autoptr (GtkWidget) window = g_list_model_get_item (gtk_window_get_toplevels (), 0);
  GdkFrameClock *clock = window != NULL && gtk_widget_get_mapped (window) ? gtk_widget_get_frame_clock (window) : NULL;

  return clock != NULL && gdk_frame_clock_get_frame_counter (clock) > 0;
}

static gboolean
first_beat (gpointer data)
{
  if (!is_drawn ())
    return G_SOURCE_CONTINUE;
  beat (data);
  g_timeout_add_seconds (LIMBER_KIOSK_PULSE_SECONDS, beat, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * limber_kiosk_pulse_start:
 *
 * Begins to tell the keeper that the main loop runs: first when the screen has been drawn.
 */
void
limber_kiosk_pulse_start (void)
{
  if (keeper () >= 0)
    g_timeout_add (LOOK_MILLISECONDS, first_beat, NULL);
}

/**
 * limber_kiosk_pulse_site:
 * @site: (nullable): the name of the site, once it is known
 */
void
limber_kiosk_pulse_site (const char *site)
{
  g_autofree char *line = site != NULL ? g_strdelimit (g_strconcat (LIMBER_KIOSK_PULSE_SITE, site, NULL), "\n", ' ') : NULL;
  g_autofree char *whole = line != NULL ? g_strconcat (line, "\n", NULL) : NULL;

  if (whole != NULL)
    tell (whole, strlen (whole));
}
