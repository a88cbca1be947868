/* The program limberctl: a command line, carried out here or by the store's owner. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int limber_program_run (int argc, char **argv);

G_END_DECLS
