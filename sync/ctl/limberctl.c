#include <glib/gi18n-lib.h>
#include <locale.h>

#include "limber-program.h"

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, LIMBER_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("limberctl");
  return limber_program_run (argc, argv);
}
