/* limber-kiosk: the public screens. */
#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "limber-board-page.h"
#include "limber-kiosk-keeper.h"
#include "limber-kiosk-program.h"
#include "limber-kiosk-pulse.h"

/* What the C library is told: to overwrite memory that is given back, so that what a person said is not read out of it later, and to
 * keep none aside, which it would not overwrite. It reads this before main. */
#define TUNABLES "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0"

/* What a person at a terminal may ask of GTK is not asked of a public screen; a machine without a graphics card starts
 * faster and smaller when it is not looked for. */
static void
settle_environment (char **argv)
{
  g_auto (GStrv) names = g_listenv ();
  gboolean settled = g_strcmp0 (g_getenv ("GLIBC_TUNABLES"), TUNABLES) == 0;

  for (char **name = names; *name != NULL; name++)
    if (g_str_has_prefix (*name, "GTK_") && !g_str_equal (*name, "GTK_A11Y"))
      g_unsetenv (*name);
  g_setenv ("GTK_IM_MODULE", "none", TRUE);
  g_setenv ("GTK_USE_PORTAL", "0", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  g_setenv ("LC_NUMERIC", "C", TRUE);
  /* There before any thread is: what changes the language writes over it, while others may be reading the environment. */
  g_setenv ("LANGUAGE", "", FALSE);
  g_setenv ("GLIBC_TUNABLES", TUNABLES, TRUE);
  if (!settled)
    execv ("/proc/self/exe", argv); /* begins again with it; where that cannot be, it goes on without */
  prctl (PR_SET_DUMPABLE, 0);       /* no core has anything of anybody, and no other program of this user looks in */
}

/* The options of the screen that the keeper starts: all but its own. */
static char **
without_keep (char **argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *argv != NULL; argv++)
    if (!g_str_equal (*argv, "--keep"))
      g_strv_builder_add (builder, *argv);
  return g_strv_builder_end (builder);
}

static int
keep (char **argv, int width, int height)
{
  g_autoptr (LimberKioskKeeper) keeper = limber_kiosk_keeper_new ((const char *const *) argv, width, height);

  return limber_kiosk_keeper_run (keeper);
}

static GOptionContext *
make_context (const GOptionEntry *options)
{
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_summary (context, _("Shows the public check-in screen, or the waiting-room screen."));
  g_option_context_set_description (context, _("Staff close it: hold the corner at the top where reading begins for three seconds, then type the code that\n"
                                               "“limberctl --store FOLDER kiosk code” has set. Exit status: 0 closed by staff, 1 no display, 2 usage.\n"
                                               "More is in limber-kiosk(1)."));
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  return context;
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = NULL, *windowed = NULL;
  g_auto (GStrv) screen = without_keep (argv);
  gboolean kept = FALSE, board = FALSE, version = FALSE;
  const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &dir, N_("The folder of this kiosk's store"), N_("FOLDER") },
    { "board", 0, 0, G_OPTION_ARG_NONE, &board, N_("Shows who is called in the waiting room, on a store that joined as a board"), NULL },
    { "windowed", 0, 0, G_OPTION_ARG_STRING, &windowed, N_("In a window of this size instead of the whole screen"), N_("WIDTHxHEIGHT") },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &kept, N_("Start the screen again whenever it fails, over a plain page that says where to go"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Say which version this is"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberKioskProgram) program = NULL;
  int width = 0, height = 0;

  settle_environment (argv);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LIMBER_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  context = make_context (options);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("limber-kiosk: %s\n", error->message);
    return 2;
  }
  if (version) {
    g_print ("limber-kiosk %s\n", LIMBER_VERSION);
    return 0;
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
  if (kept)
    return keep (screen, width, height);
  limber_kiosk_pulse_start ();
  program = limber_kiosk_program_new (dir, width, height, board ? &limber_board_home : NULL);
  limber_kiosk_program_run (program);
  return 0;
}
