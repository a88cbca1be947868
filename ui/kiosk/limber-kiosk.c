/* limber-kiosk: the public screens. */
#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "limber-board-page.h"

/* What a person at a terminal may ask of GTK is not asked of a public screen; a machine without a graphics card starts
 * faster and smaller when it is not looked for. */
static void
settle_environment (void)
{
  static const char *const unwanted[] = { "GTK_DEBUG", "GTK_THEME", "GTK_MODULES", "GTK_PATH", "GTK_EXE_PREFIX", "GTK_DATA_PREFIX" };

  for (guint i = 0; i < G_N_ELEMENTS (unwanted); i++)
    g_unsetenv (unwanted[i]);
  g_setenv ("GTK_IM_MODULE", "none", TRUE);
  g_setenv ("GTK_USE_PORTAL", "0", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  g_setenv ("LC_NUMERIC", "C", TRUE);
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = NULL, *windowed = NULL;
  gboolean board = FALSE;
  const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &dir, N_("The folder of this kiosk's store"), N_("FOLDER") },
    { "board", 0, 0, G_OPTION_ARG_NONE, &board, N_("Shows who is called in the waiting room, on a store that joined as a board"), NULL },
    { "windowed", 0, 0, G_OPTION_ARG_STRING, &windowed, N_("In a window of this size instead of the whole screen"), N_("WIDTHxHEIGHT") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberKioskProgram) program = NULL;
  int width = 0, height = 0;

  settle_environment ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LIMBER_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _("Shows the public check-in screen, or the waiting-room screen."));
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("limber-kiosk: %s\n", error->message);
    return 2;
  }
  if (dir == NULL || argc > 1 || (windowed != NULL && (sscanf (windowed, "%4dx%4d", &width, &height) != 2 || width < 1 || height < 1))) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

    g_printerr ("%s", help);
    return 2;
  }
  if (!gtk_init_check ()) {
    g_printerr ("limber-kiosk: %s\n", _("There is no display to show the screen on."));
    return 1;
  }
  program = limber_kiosk_program_new (dir, width, height, board ? &limber_board_home : NULL);
  limber_kiosk_program_run (program);
  return 0;
}
