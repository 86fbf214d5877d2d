# Fails when an archive asks for a symbol that only I/O, a clock, randomness or threads need, and
# when nm cannot read the archive: silence is no proof.
string(REPLACE "," ";" archives "${ARCHIVES}")
set(forbidden
  "_ZSt4cout|_ZSt4cerr|_ZSt3cin|printf|puts|fopen|fwrite|getenv|system|exec[lv]|socket"
  "|time|clock_gettime|gettimeofday|nanosleep|clock|rand|srand|random|getrandom|arc4random"
  "|pthread_create|_ZNSt6thread.*|_ZNSt6chrono.*now.*|_ZNSt13random_device.*|_ZNSt10filesystem.*"
  "|_ZNSt14basic_.?fstream.*|__cxa_throw|__cxa_allocate_exception")
string(CONCAT forbidden ${forbidden})
foreach(archive IN LISTS archives)
  execute_process(COMMAND ${NM} --undefined-only ${archive}
    OUTPUT_VARIABLE listing ERROR_VARIABLE trouble RESULT_VARIABLE code)
  if(NOT code EQUAL 0 OR NOT listing MATCHES " U [A-Za-z_]")
    message(FATAL_ERROR "nm cannot read ${archive}, so nothing is known about it: ${trouble}")
  endif()
  string(REGEX MATCHALL " U (${forbidden})(@[^\n]*)?\n" found "${listing}")
  if(found)
    message(FATAL_ERROR "${archive} asks for what the core must not have:\n${found}"
      "Give it as an argument, or move the code out of the core.")
  endif()
endforeach()
