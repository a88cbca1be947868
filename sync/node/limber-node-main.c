#include <glib/gi18n-lib.h>
#include <locale.h>

#include "limber-node-program.h"

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, LIMBER_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("limber-node");
  return limber_node_program_run (argc, argv);
}
